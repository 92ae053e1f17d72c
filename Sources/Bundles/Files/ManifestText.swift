package import CalendarTime
import StrictJSON

/// The text of `manifest.json`, license by license, since there may be very many.
package struct ManifestText {
    private static let end = Array("]\n}".utf8)

    private let issuer: String
    private var text: [UInt8]
    private var isEmpty = true

    package init(bundle: String, customer: String, issuer: String, issuedAt: Timestamp) {
        self.issuer = issuer
        let json = OrderedJSON.object([
            "bundle": .string(bundle),
            "customer": .string(customer),
            "issuer": .string(issuer),
            "issuedAt": .string(issuedAt.description),
            "licenses": .array([]),
        ])
        text = json.pretty()
        text.removeLast(Self.end.count)
    }

    package mutating func append(_ license: Manifest.Entry) {
        license.json(besides: issuer).appendElement(to: &text, isFirst: isEmpty, depth: 2)
        isEmpty = false
    }

    /// The whole text. Nothing is added after it.
    package mutating func finish() -> [UInt8] {
        if !isEmpty { text += "\n  ".utf8 }
        text += Self.end
        text.append(UInt8(ascii: "\n"))
        return text
    }
}
