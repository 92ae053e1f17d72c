import Foundation

/// People who sign requests, each with a key of their own in a file of their name.
extension Workbench {
    /// What signatures for the station have to be made for.
    package static let namespace = "coldmint-request@licenses.example.com"

    /// With a station for which these people may ask. `alice` is `alice@example.com` in the list.
    package static func withSigners(
        _ people: [String] = ["alice", "bob", "carol"], settings: String = ""
    ) async throws -> Workbench {
        let bench = try await withStation()
        for person in people { try await bench.makeKey(person) }
        try bench.allow(people)
        try bench.set("signers: signers\n\(settings)")
        return bench
    }

    /// Makes a key, without a passphrase.
    package func makeKey(_ file: String) async throws {
        let made = try await run(
            "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", file, "-f", file])
        guard made.status == 0 else { throw WorkbenchError(description: made.errors) }
    }

    /// Writes the list of those who may ask.
    package func allow(_ people: [String]) throws {
        try write(people.map(signersLine).joined(), to: "station/signers")
    }

    /// A line of the list.
    ///
    /// - Parameters:
    ///   - key: the file of the key, where it is not called after the person.
    ///   - options: as `valid-before="…"`.
    package func signersLine(
        _ person: String, key: String? = nil, options: String = ""
    ) throws -> String {
        let words = [
            "\(person)@example.com", options, try read("\(key ?? person).pub"),
        ]
        return words.filter { !$0.isEmpty }.joined(separator: " ")
    }

    package func signersLine(_ person: String) throws -> String {
        try signersLine(person, key: nil)
    }

    /// Writes the station's configuration anew, with these settings besides the issuer.
    package func set(_ settings: String) throws {
        try write(
            "issuer: https://licenses.example.com\n\(settings)\n", to: "station/station.yaml")
    }

    /// Has a file signed, which may be in the inbox or anywhere else.
    ///
    /// - Parameter signature: where the signature goes.
    package func sign(
        _ file: String, by key: String, as signature: String,
        for namespace: String = Workbench.namespace
    ) async throws {
        let signed = try await shell(
            "ssh-keygen -q -Y sign -n '\(namespace)' -f '\(key)' <'\(file)' >'\(signature)'")
        guard signed.status == 0 else { throw WorkbenchError(description: signed.errors) }
    }

    /// Drops a text with the signatures of people, whose names are their labels; the first one's
    /// has the plain name.
    package func drop(_ text: String, as name: String, signedBy people: [String]) async throws {
        try write(text, to: name)
        for (index, person) in people.enumerated() {
            let label = index == 0 ? "" : "\(person)."
            try await sign(name, by: person, as: "inbox/\(name).\(label)sig")
        }
        try drop(text, as: name)
    }

    /// Names in a folder of the inbox without what a claim puts before them, sorted.
    package func plainNames(in folder: String) -> [String] {
        names(in: "inbox/\(folder)").map { name in
            name.split(separator: "-", maxSplits: 2).last.map(String.init) ?? name
        }.sorted()
    }
}
