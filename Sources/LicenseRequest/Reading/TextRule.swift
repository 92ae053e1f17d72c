import LicenseToken
import PlainText
import Slugs

/// The rule for a member that holds text.
struct TextRule: Sendable {
    let member: String
    /// Says what is wrong with a text and what to do about it. `nil` for a good text.
    let fault: @Sendable (String) -> String?
}

extension TextRule {
    static let name = TextRule(member: "name") { name in
        let scalars = name.unicodeScalars
        if scalars.isEmpty { return "name is empty: write 1 to 200 characters" }
        if let fault = tooLong(name, limit: 200, member: "name") { return fault }
        if let fault = control(in: name, member: "name") { return fault }
        if scalars.first?.isWhiteSpace == true || scalars.last?.isWhiteSpace == true {
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

    /// What cannot be a product's name is said as of any product that is not there.
    static let product = TextRule(member: "product") { tooLong($0, limit: 63, member: "product") }

    static let plan = TextRule(member: "plan") { tooLong($0, limit: 200, member: "plan") }

    static let description = TextRule(member: "description") {
        tooLong($0, limit: 2000, member: "description")
            ?? control(in: $0, besides: ["\t", "\n", "\r"], member: "description")
    }

    static let requestID = TextRule(member: "requestId") {
        tooLong($0, limit: 128, member: "requestId") ?? control(in: $0, member: "requestId")
    }

    static let license = id("license")
    static let supersedes = id("supersedes")

    private static func id(_ member: String) -> TextRule {
        TextRule(member: member) {
            LicenseID($0) == nil
                ? "\(member) must be the id of a license, a UUID: 'coldmint list' shows all" : nil
        }
    }

    /// Characters are Unicode scalar values, as JSON Schema counts them.
    private static func tooLong(_ text: String, limit: Int, member: String) -> String? {
        let count = text.unicodeScalars.count
        return count <= limit ? nil : "\(member) has \(count) characters: \(limit) are allowed"
    }

    /// Receipts, tables and pages show the text, so nothing in it may move the cursor or make it
    /// look like another text.
    private static func control(
        in text: String, besides allowed: Set<Unicode.Scalar> = [], member: String
    ) -> String? {
        text.unicodeScalars
            .first { ($0.isControl || $0.isBidirectionalControl) && !allowed.contains($0) }
            .map {
                "\(member) holds \($0.codePoint), a control or bidirectional-override character: "
                    + "remove it"
            }
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
