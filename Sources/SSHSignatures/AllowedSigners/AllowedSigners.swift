package import CalendarTime
package import Signatures

/// A file of those who may sign, in the format of `allowed_signers` (ssh-keygen(1)), read strictly:
/// what a person could mistake is refused.
package struct AllowedSigners: Sendable, Hashable {
    /// One line: a key, whose it is, and what for.
    package struct Entry: Sendable, Hashable {
        package let line: Int
        /// The first principal.
        package let person: String
        /// Further principals, by which ssh-keygen knows the person too.
        package let otherNames: [String]
        package let publicKey: SSHPublicKey
        /// A list of patterns, as written; without one the key may sign for every namespace.
        package let namespaces: String?
        package let validAfter: Timestamp?
        package let validBefore: Timestamp?
        package let comment: String?

        package func allows(namespace: String) -> Bool {
            guard let namespaces else { return true }
            return NamespacePatterns(namespaces).allow(namespace)
        }

        /// Both ends belong to the time in which the key may sign, as in ssh-keygen.
        package func isValid(at time: Timestamp) -> Bool {
            if let validAfter, time < validAfter { return false }
            if let validBefore, time > validBefore { return false }
            return true
        }
    }

    package static let maximumByteCount = 1_048_576

    /// In the order of the file; at least one.
    package let entries: [Entry]
    private let entriesByKey: [SSHPublicKey: [Entry]]
    /// Of the file's bytes.
    package let digest: SHA256Digest

    package init(parsing bytes: [UInt8]) throws(AllowedSignersError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw AllowedSignersError(.tooLong(limit: Self.maximumByteCount), line: 1)
        }
        var entries: [Entry] = []
        var faults: [AllowedSignersError.Fault] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            do throws(AllowedSignersError.Reason) {
                if let entry = try SignersLine.entry(in: line, number: index + 1) {
                    entries.append(entry)
                }
            } catch {
                faults.append(.init(line: index + 1, reason: error))
                if faults.count == AllowedSignersError.limit { break }
            }
        }
        faults += IdentityCheck.faults(among: entries)
        if entries.isEmpty, faults.isEmpty { throw AllowedSignersError(.nobody, line: 1) }
        guard faults.isEmpty else { throw AllowedSignersError(faults) }
        self.entries = entries
        entriesByKey = Dictionary(grouping: entries, by: \.publicKey)
        digest = SHA256Digest(of: bytes)
    }

    /// The lines that have this key.
    func entries(of key: SSHPublicKey) -> [Entry] { entriesByKey[key] ?? [] }

    package func knows(_ key: SSHPublicKey) -> Bool { entriesByKey[key] != nil }

    /// Each once, in the order of the file.
    package var people: [String] {
        var seen: Set<String> = []
        return entries.map(\.person).filter { seen.insert($0).inserted }
    }
}
