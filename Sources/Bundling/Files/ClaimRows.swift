import LicenseToken
import StrictJSON

/// The vendor's claims of a token as rows for people: `limits.nodes` and `5`, `modules` and a list.
/// Numbers keep the text that they were written in.
struct ClaimRows {
    struct Row: Equatable {
        let label: String
        var values: [String]
    }

    private(set) var rows: [Row] = []
    /// Whether there is more in the token than the rows show.
    private(set) var isCut = false

    /// A page stays one that people can look at, whatever a payload holds.
    private static let rowLimit = 200
    private static let valueLimit = 1000

    init(of token: String) throws(TokenError) {
        for member in try SignedToken(token).claims().root.members
        where !LicenseClaims.reservedNames.contains(member.name) {
            add(member.value, member.name)
        }
    }

    private mutating func add(_ value: JSONValue, _ label: String) {
        guard rows.count < Self.rowLimit else {
            isCut = true
            return
        }
        switch value.kind {
        case .object where value.count > 0:
            for member in value.members { add(member.value, "\(label).\(member.name)") }
        case .array where value.count > 0:
            addElements(of: value, label)
        default:
            rows.append(Row(label: shortened(label), values: [text(value)]))
        }
    }

    /// Plain values share a row; others get rows of their own, counted from 0 as programs do.
    private mutating func addElements(of array: JSONValue, _ label: String) {
        let isPlain = array.elements.allSatisfy { $0.count == 0 }
        guard isPlain else {
            for (place, element) in array.elements.enumerated() {
                add(element, "\(label)[\(place)]")
                if isCut { return }
            }
            return
        }
        let shown = array.elements.prefix(Self.rowLimit).map { text($0) }
        rows.append(Row(label: shortened(label), values: shown))
        if array.count > shown.count { isCut = true }
    }

    private mutating func text(_ value: JSONValue) -> String {
        switch value.kind {
        case .object, .array: "(empty)"
        case .string: shortened(value.string ?? "")
        case .null, .bool, .number: String(decoding: value.sourceText, as: UTF8.self)
        }
    }

    private mutating func shortened(_ text: String) -> String {
        guard text.unicodeScalars.count > Self.valueLimit else { return text }
        isCut = true
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.valueLimit))) + "…"
    }
}
