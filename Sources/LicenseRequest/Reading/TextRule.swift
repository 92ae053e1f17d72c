import LicenseToken
import PlainText

/// What a member that holds text may hold.
struct TextRule: Sendable {
    let member: String
    /// What is wrong with the text and what to do; `nil` where nothing is.
    let fault: @Sendable (String) -> String?
}

extension TextRule {
    static let name = TextRule(member: "name") { name in
        let scalars = name.unicodeScalars
        if scalars.isEmpty { return "name is empty: write 1 to 200 characters" }
        if let fault = tooLong(name, limit: 200, member: "name") { return fault }
        if let scalar = scalars.first(where: { isControl($0) || isBidirectionalControl($0) }) {
            return "name holds \(codePoint(scalar)), a control or bidirectional-override "
                + "character: remove it"
        }
        if scalars.first?.properties.isWhitespace == true
            || scalars.last?.properties.isWhitespace == true
        {
            return "name begins or ends with white space: remove it"
        }
        return nil
    }

    static let customer = TextRule(member: "customer") { customer in
        guard !isCustomer(customer) else { return nil }
        let proposal = slug(of: customer, limit: 63)
        return "customer must be 1 to 63 of a-z, 0-9 and hyphens, with no hyphen at either end: "
            + "write '\(proposal.isEmpty ? "acme-gmbh" : proposal)', for example"
    }

    static let description = TextRule(member: "description") {
        if $0.unicodeScalars.contains("\0") { return "description holds U+0000: remove it" }
        return tooLong($0, limit: 2000, member: "description")
    }

    static let requestID = TextRule(member: "requestId") {
        tooLong($0, limit: 128, member: "requestId")
    }

    static let license = TextRule(member: "license") {
        LicenseID($0) == nil
            ? "license must be the id of a license, a UUID: 'coldmint list' shows all" : nil
    }

    /// Characters are Unicode scalar values, as JSON Schema counts them.
    private static func tooLong(_ text: String, limit: Int, member: String) -> String? {
        let count = text.unicodeScalars.count
        return count <= limit ? nil : "\(member) has \(count) characters: \(limit) are allowed"
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }

    /// Embeddings, overrides and isolates (Unicode UAX #9): any of them can make a name look like
    /// another one. The plain marks that right-to-left names need are let pass.
    private static func isBidirectionalControl(_ scalar: Unicode.Scalar) -> Bool {
        (0x202a...0x202e).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    private static func codePoint(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func isCustomer(_ text: String) -> Bool {
        let bytes = text.utf8
        let hyphen = UInt8(ascii: "-")
        return (1...63).contains(bytes.count) && bytes.first != hyphen && bytes.last != hyphen
            && bytes.allSatisfy {
                (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == hyphen
            }
    }
}
