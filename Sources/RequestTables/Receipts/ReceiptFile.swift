import StrictJSON

/// What a receipt says became of a drop.
package struct ReceiptFile: Sendable {
    package enum Outcome: String, Sendable {
        case accepted, rejected, repeated
    }

    /// What became of one request, or one thing that was wrong with it.
    package struct Entry: Sendable {
        package let requestID: String?
        package let action: String?
        package let name: String?
        package let customer: String?
        package let license: String?
        package let notBefore: String?
        package let expiresAt: String?
        package let bundle: String?
        /// With its code, as `name-taken`.
        package let problem: (code: String, message: String)?
    }

    package struct Fault: Error, Sendable {
        package let message: String
    }

    package static let maximumByteCount = 256 << 20

    package let outcome: Outcome
    /// The drop's own name.
    package let file: String
    package let run: Int?
    package let handledAt: String?
    /// The results of an accepted drop, the problems of a rejected one.
    package let entries: [Entry]
    /// Of a repeated drop, in which run it was accepted.
    package let firstRun: Int?

    package init(_ bytes: [UInt8]) throws(Fault) {
        let root: JSONValue
        do throws(JSONFailure) {
            root = try JSONDocument.parse(bytes).root
        } catch {
            let problem = error.problems.first
            let place = problem.map { "line \($0.position.line), column \($0.position.column): " }
            throw Fault(message: (place ?? "") + (problem?.message ?? "it is no JSON"))
        }
        guard root.kind == .object, let name = try root.text("outcome") else {
            throw Fault(message: "this is no receipt: it has no member 'outcome'")
        }
        guard let outcome = Outcome(rawValue: name) else {
            throw Fault(message: "there is no such outcome as '\(name)'")
        }
        self.outcome = outcome
        guard let file = try root.text("file") else {
            throw Fault(message: "this is no receipt: it has no member 'file'")
        }
        self.file = file
        run = root.member("run")?.integer
        handledAt = try root.text("handledAt")
        firstRun = root.member("first")?.member("run")?.integer
        let list: String? =
            switch outcome {
            case .accepted: "results"
            case .rejected: "problems"
            case .repeated: nil
            }
        guard let list else {
            entries = []
            return
        }
        guard let values = root.member(list), values.kind == .array else {
            throw Fault(message: "this is no receipt: it has no list '\(list)'")
        }
        var entries: [Entry] = []
        for value in values.elements { entries.append(try Entry(value)) }
        self.entries = entries
    }
}

extension ReceiptFile.Entry {
    fileprivate init(_ value: JSONValue) throws(ReceiptFile.Fault) {
        guard value.kind == .object else {
            throw ReceiptFile.Fault(message: "this is no receipt: what it lists are no objects")
        }
        requestID = try value.text("requestId")
        action = try value.text("action")
        name = try value.text("name")
        customer = try value.text("customer")
        license = try value.text("license")
        notBefore = try value.text("notBefore")
        expiresAt = try value.text("expiresAt")
        bundle = try value.text("bundle")
        if let code = try value.text("code"), let message = try value.text("message") {
            problem = (code, message)
        } else {
            problem = nil
        }
    }
}

extension JSONValue {
    fileprivate func text(_ name: String) throws(ReceiptFile.Fault) -> String? {
        guard let value = member(name), value.kind != .null else { return nil }
        if let text = value.string { return text }
        throw ReceiptFile.Fault(message: "this is no receipt: its '\(name)' is no text")
    }
}
