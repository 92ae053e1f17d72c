/// What the Kubernetes Secret of a license is called: the same for all renewals of a license, so that no
/// deployment has to be changed for one.
package struct SecretName: Sendable, Hashable, CustomStringConvertible {
    /// What stands in a vendor's pattern for a part of the name.
    package enum Field: String, CaseIterable, Sendable {
        case customer, product, name
    }

    /// A DNS subdomain (RFC 1123), as Kubernetes wants it.
    package let description: String

    private static let maximumByteCount = 253

    package init?(_ text: String) {
        guard
            (1...Self.maximumByteCount).contains(text.utf8.count),
            text.utf8.allSatisfy(Self.isAllowed),
            text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
                .allSatisfy({ $0.first != Self.hyphen && $0.last != Self.hyphen && !$0.isEmpty })
        else { return nil }
        description = text
    }

    private static let hyphen = UInt8(ascii: "-")

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == hyphen
            || byte == UInt8(ascii: ".")
    }

    /// A vendor's own form of the names, such as `license-{customer}-{product}`.
    package struct Pattern: Sendable, Hashable {
        package static let standard = Pattern(pieces: [
            .text("license-"), .field(.customer), .text("-"), .field(.product),
        ])

        private enum Piece: Sendable, Hashable {
            case text(String)
            case field(Field)
        }

        private static let maximumByteCount = 60

        private let pieces: [Piece]

        private init(pieces: [Piece]) {
            self.pieces = pieces
        }

        /// `nil` for what does not make a name of a customer, a product and a license.
        package init?(_ text: String) {
            guard text.utf8.count <= Self.maximumByteCount else { return nil }
            var pieces: [Piece] = []
            var rest = text[...]
            while let start = rest.firstIndex(of: "{") {
                guard
                    let end = rest[start...].firstIndex(of: "}"),
                    let field = Field(rawValue: String(rest[rest.index(after: start)..<end]))
                else { return nil }
                pieces += [.text(String(rest[..<start])), .field(field)]
                rest = rest[rest.index(after: end)...]
            }
            self.pieces = pieces + [.text(String(rest))]
            // The longest that a label can be.
            guard name({ _ in String(repeating: "a", count: 63) }) != nil else { return nil }
        }

        /// - Parameter value: of a field, a DNS label each.
        package func name(_ value: (Field) -> String) -> SecretName? {
            SecretName(
                pieces.map { piece in
                    switch piece {
                    case .text(let text): text
                    case .field(let field): value(field)
                    }
                }.joined())
        }
    }
}
