package import LicenseRequest
import PlainText
import StrictJSON
import Tables

/// What a customer's application writes to be licensed where it is deployed.
///
/// It becomes a table of one row, whose columns are its members.
package struct Activation {
    private static let members = ["deployment", "product", "supersedes", "note"]
    /// Where its members go unless a mapping says otherwise.
    private static let standardMappings = [
        "deployment": "payload.deployment", "note": "description",
    ]
    /// Far more than it needs.
    package static let maximumByteCount = 1 << 16

    private let values: [String: String]

    package struct Fault: Error, Sendable {
        /// In the order of the text.
        package let messages: [String]
    }

    package init(_ bytes: [UInt8]) throws(Fault) {
        let document: JSONDocument
        do throws(JSONFailure) {
            document = try JSONDocument.parse(bytes)
        } catch {
            throw Fault(
                messages: error.problems.map {
                    "line \($0.position.line), column \($0.position.column): \($0.message)"
                })
        }
        guard document.root.kind == .object else {
            throw Fault(messages: ["an activation file is a JSON object"])
        }
        var messages: [String] = []
        var values: [String: String] = [:]
        for member in document.root.members {
            let name = member.name
            guard Self.members.contains(name) else {
                messages.append(
                    "'\(name.shortened(to: 60))': there is no such member: it may have "
                        + Self.members.joined(separator: ", "))
                continue
            }
            if let text = member.value.string, !text.isEmpty {
                values[name] = text
            } else {
                messages.append("'\(name)': must be a text that is not empty")
            }
        }
        if let deployment = values["deployment"] {
            if !Self.isDeployment(deployment) {
                messages.append(
                    "'deployment': must be 32 of 0-9 and a-f: 128 random bits, in hexadecimal")
            }
        } else if messages.isEmpty {
            messages.append("the member 'deployment' is missing")
        }
        guard messages.isEmpty else { throw Fault(messages: messages) }
        self.values = values
    }

    private static func isDeployment(_ text: String) -> Bool {
        text.utf8.count == 32
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }

    /// The request that it asks for.
    ///
    /// - Parameters:
    ///   - mappings: each `COLUMN=member`, or `COLUMN=`.
    ///   - constants: each `member=value`. They decide, and must not differ from the file.
    package func table(
        mappings: [String], constants: [String], products: KnownProducts
    ) throws(TableOptions.Fault) -> RequestTable {
        let names = Self.members.filter { values[$0] != nil }
        let given = try TableOptions(mappings: mappings, constants: constants)
        let mapped = Set(given.mappings.map(\.column))
        let set = Set(given.constants.map { "\($0.member)" })
        var all = mappings.filter { text in
            // A member that this file happens not to have.
            !Self.members.contains { values[$0] == nil && text.hasPrefix("\($0)=") }
        }
        for (name, member) in Self.standardMappings.sorted(by: { $0.key < $1.key })
        where values[name] != nil && !mapped.contains(name) {
            // Whoever sells knows better what to call it.
            all.append(set.contains(member) && name == "note" ? "\(name)=" : "\(name)=\(member)")
        }
        for (member, text) in given.constants {
            let own = given.mappings.first { $0.member == member }?.column
            let unmapped = mapped.contains("\(member)") ? nil : "\(member)"
            if let name = own ?? unmapped, let value = values[name], value != text {
                throw TableOptions.Fault(
                    message: "--set '\(member)=\(text.shortened(to: 60))': the file asks for "
                        + "'\(value.shortened(to: 60))': leave it out with --map '\(name)=', or do "
                        + "not set it")
            }
        }
        let id = "activation of \(values["deployment"] ?? "")"
        return try RequestTable(
            [TableRow(number: 1, cells: names.map { values[$0] ?? "" })],
            names.enumerated().map { TablePlace.Column(index: $0, name: $1) },
            TableOptions(
                mappings: all,
                constants: constants + (set.contains("requestId") ? [] : ["requestId=\(id)"])),
            products, .members)
    }
}
