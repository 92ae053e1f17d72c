import StrictJSON

/// Says in words what the log's entries of keys and policies speak of, and how an entry of a drop
/// differs from what is recorded of it.
struct EntryWording {
    private let text: String
    private let document: JSONDocument?

    init(_ text: String) {
        self.text = text
        // What is wrong with the entry is thrown away: then it is shown as it is.
        document = try? JSONDocument.parse(Array(text.utf8))
    }

    private func member(_ name: String) -> String? { document?.root.member(name)?.string }

    /// Whether it was entered when a log was begun over earlier records.
    var isBeginning: Bool { member("what") == StationEventRecord.Kind.logBegun.rawValue }

    /// Whether it says that the log was begun anew after a loss.
    var isFork: Bool { member("what") == StationEventRecord.Kind.forked.rawValue }

    var run: Int64? {
        document?.root.member("run")?.integer.flatMap { Int64(exactly: $0) }
    }

    /// Of a drop; "of no digest" where it is not said.
    var digest: String { member("sha256") ?? "of no digest" }

    // MARK: - Keys and policies

    /// For an entry whose record is not there.
    var missingRecord: String {
        "\(subject): the log says that \(statement), and the record of it is gone or was changed"
    }

    /// For a record whose entry is not there.
    var missingEntry: String {
        "\(subject): the record says that \(statement), and the log does not say so"
    }

    private var subject: String {
        if let kid = member("kid") { return "key \(kid)" }
        return run.map { "run \($0)" } ?? "station"
    }

    private var statement: String {
        let reason = member("reason").map { " (\($0))" } ?? ""
        guard let time = member("at") else { return text }
        if let event = member("event") { return "it was \(event) at \(time)" }
        let what =
            switch member("what") {
            case "issuer": "another issuer began with it"
            case "signers": "another list of signers began with it"
            case "clock-accepted": "its clock was accepted"
            case StationEventRecord.Kind.privateKeyExported.rawValue:
                "a private key was exported"
            case StationEventRecord.Kind.restored.rawValue: "it was restored from a backup"
            case StationEventRecord.Kind.forked.rawValue: "its log was begun anew after a loss"
            case StationEventRecord.Kind.logBegun.rawValue: "its log was begun"
            default: text
            }
        return "\(what) at \(time)\(reason)"
    }

    // MARK: - Drops

    /// What was touched, where this is an entry of the log and the other one is made from the record
    /// of the same drop.
    func difference(to recorded: EntryWording, number: Int64) -> String {
        var parts: [String] = []
        if run != recorded.run { parts.append("it was moved to another run") }
        if member("at") != recorded.member("at") {
            parts.append(
                "its run is dated \(recorded.member("at") ?? "otherwise"), and was at "
                    + (member("at") ?? "another time"))
        }
        if member("changes") != recorded.member("changes") {
            parts.append("a license or a change that it asked for was taken out, added or altered")
        }
        if member("signers") != recorded.member("signers") {
            parts.append("who has signed it, or how many people had to, was altered")
        }
        let what = parts.isEmpty ? "its entry was altered" : parts.joined(separator: "; ")
        return "drop \(digest): the record is not what entry \(number) of the log says: \(what)"
    }
}
