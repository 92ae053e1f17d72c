import PlainText

/// What the one who turns a table into requests says about it.
package struct TableOptions: Sendable {
    /// By the header of the column; `nil` leaves the column out.
    private(set) var mappings: [(column: String, member: RequestMember?)] = []
    private(set) var constants: [(member: RequestMember, text: String)] = []

    package struct Fault: Error, Sendable {
        package let message: String
    }

    /// - Parameters:
    ///   - mappings: each `COLUMN=member`, or `COLUMN=`.
    ///   - constants: each `member=value`.
    package init(mappings: [String] = [], constants: [String] = []) throws(Fault) {
        for text in mappings { try addMapping(text) }
        for text in constants { try addConstant(text) }
    }

    private mutating func addMapping(_ text: String) throws(Fault) {
        guard let end = text.lastIndex(of: "="), end != text.startIndex else {
            throw Fault(
                message: "--map '\(text)': write 'COLUMN=member', or 'COLUMN=' to leave it out")
        }
        let (column, name) = (String(text[..<end]), String(text[text.index(after: end)...]))
        guard !mappings.contains(where: { $0.column == column }) else {
            throw Fault(message: "--map '\(column)=…' is given twice")
        }
        mappings.append((column, name.isEmpty ? nil : try Self.member(name, of: "--map", text)))
    }

    private mutating func addConstant(_ text: String) throws(Fault) {
        guard let end = text.firstIndex(of: "="), end != text.startIndex else {
            throw Fault(message: "--set '\(text)': write 'member=value'")
        }
        let member = try Self.member(String(text[..<end]), of: "--set", text)
        guard !constants.contains(where: { $0.member == member }) else {
            throw Fault(message: "--set '\(member)=…' is given twice")
        }
        constants.append((member, String(text[text.index(after: end)...])))
    }

    private static func member(
        _ name: String, of option: String, _ text: String
    ) throws(Fault) -> RequestMember {
        if let member = RequestMember(name) { return member }
        let nearest = RequestMember.nearest(to: name).map { "did you mean '\($0)'?" }
        throw Fault(
            message: "\(option) '\(text)': requests have no member '\(name)': "
                + (nearest ?? "a claim is written 'payload.NAME'"))
    }
}
