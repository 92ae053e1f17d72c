import GRDB
import LicenseToken
import Signatures
import TransparencyLog

/// Holds the log's signed heads, in their order, against the tree that its entries make.
struct LogHeadCheck {
    private static let portion = 500

    /// How many entries the log had when the check began.
    private let size: Int64
    private let origins: [LogOriginRecord]
    private let keys: [KeyRecord]
    private var page: ArraySlice<(head: LogHeadRecord, kid: KeyID?)> = []
    /// Whether one was found that is not that of its entries; then no later one is either.
    private var isTreeWrong = false
    /// Heads up to this size were looked at.
    private var lastSize: Int64 = -1

    init(in database: Database, upTo size: Int64) throws {
        self.size = size
        origins = try LogOrigins(database: database).all()
        keys = try Row.fetchAll(database, sql: "SELECT * FROM key").map(KeyRecord.init)
        page = try next(in: database)
    }

    /// Asked after each entry.
    mutating func faults(
        ofHeadAt size: Int64, root: @autoclosure () -> SHA256Digest, in database: Database
    ) throws -> [String] {
        guard let (head, kid) = page.first, head.size == size else { return [] }
        page = page.dropFirst()
        if page.isEmpty { page = try next(in: database) }
        let name = "the head of the log at \(size) entries"
        return [fault(of: head, root: root(), signer: kid).map { "\(name) \($0)" }].compactMap(
            \.self)
            + (try cosignatureFaults(of: head, in: database).map { "\(name) \($0)" })
    }

    /// Names that no fork has given: each fork is the entry after which its name holds, and the name
    /// has the number of its first run in it.
    func faultsOfOrigins(in database: Database) throws -> [String] {
        guard let first = origins.first else { return [] }
        return try origins.dropFirst().compactMap { origin in
            let entry = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT text FROM log_entry WHERE number = ?"),
                arguments: [origin.firstEntry]
            ).map { EntryWording(try Columns($0).text("text")) }
            let start = "\(first.origin)/fork-\(origin.firstRun)-"
            return entry?.isFork == true && origin.origin.hasPrefix(start)
                ? nil : "the log's name \(origin.origin) was given to it by no fork"
        }
    }

    /// A head and its entries are recorded at once, so that none is ever larger than the log is in
    /// the same view.
    static func faultsOfLargerHeads(in database: Database) throws -> [String] {
        let size = try LogAppender.size(in: database)
        return try Int64.fetchAll(
            database, sql: "SELECT size FROM log_head WHERE size > ? ORDER BY size LIMIT 10",
            arguments: [size]
        ).map { "the log has \(size) entries and a head of \($0): entries at its end are gone" }
    }

    private mutating func next(
        in database: Database
    ) throws -> ArraySlice<(head: LogHeadRecord, kid: KeyID?)> {
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT log_head.*, kid FROM log_head LEFT JOIN run ON run.number = run
                     WHERE size > ? AND size <= ? ORDER BY size LIMIT ?
                    """), arguments: [lastSize, size, Self.portion])
        let heads: [(head: LogHeadRecord, kid: KeyID?)] = try rows.map { row in
            let kid = try Columns(row).optionalText("kid").flatMap(KeyID.init)
            return (try LogHeadRecord(row: row), kid)
        }
        lastSize = heads.last?.head.size ?? size
        return heads[...]
    }

    // MARK: - The log's own signature

    /// - Parameter signer: the key of the run for which it was signed.
    private mutating func fault(
        of head: LogHeadRecord, root: SHA256Digest, signer: KeyID?
    ) -> String? {
        do throws(CheckpointError) {
            let signed = try SignedCheckpoint(parsing: head.note)
            let origin = origins.last { $0.firstEntry < head.size }?.origin
            let isTreeRight = signed.checkpoint.size == head.size && signed.checkpoint.root == root
            guard isTreeRight || isTreeWrong else {
                isTreeWrong = true
                return "is not that of its entries: one up to there was taken out, added or altered"
            }
            guard signed.checkpoint.origin == origin else {
                return "is of \(signed.checkpoint.origin), and the record says \(origin ?? "none")"
            }
            let own = keys.filter { Self.isSigned(signed, by: $0) }
            guard !own.isEmpty else { return "is not signed by a key of this station" }
            return signer == nil || own.contains { $0.kid == signer }
                ? nil : "is not signed by the key of its run"
        } catch {
            return "is no checkpoint: \(error)"
        }
    }

    private static func isSigned(_ signed: SignedCheckpoint, by key: KeyRecord) -> Bool {
        // Why a key has no such name is thrown away: then it has signed nothing.
        let verifier = try? NoteVerifier(
            name: signed.checkpoint.origin, algorithm: .ed25519, key: key.publicKey)
        return verifier.map(signed.isSigned) ?? false
    }

    // MARK: - Cosignatures

    private func cosignatureFaults(
        of head: LogHeadRecord, in database: Database
    ) throws -> [String] {
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT verifier, line FROM log_cosignature WHERE size = ? ORDER BY id"),
            arguments: [head.size])
        var faults: [String] = []
        for row in rows {
            let (key, line) = (
                try Columns(row).text("verifier"), try Columns(row).text("line")
            )
            if !Self.isCosigned(head.note + Array("\(line)\n".utf8), by: key) {
                faults.append("has a cosignature that is not valid: the one by \(key) was altered")
            }
        }
        if let cosigned = head.cosigned, try !isKept(cosigned, in: database) {
            faults.append(
                "brings along an older one with cosignatures that is not kept as it was: a "
                    + "cosignature was taken out, added or altered")
        }
        return faults
    }

    private static func isCosigned(_ note: [UInt8], by key: String) -> Bool {
        // What is wrong with it is thrown away: it is not valid.
        guard let verifier = try? NoteVerifier(vkey: key),
            let signed = try? SignedCheckpoint(parsing: note)
        else { return false }
        return signed.cosigned(by: verifier) != nil
    }

    /// Whether it is a head with some of the cosignatures that are kept of it: others may have come
    /// since.
    private func isKept(_ cosigned: [UInt8], in database: Database) throws -> Bool {
        // What is wrong with it is thrown away: then it is not what was kept.
        guard let signed = try? SignedCheckpoint(parsing: cosigned) else { return false }
        let size = signed.checkpoint.size
        let note = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT * FROM log_head WHERE size = ?"),
            arguments: [size]
        ).map { try LogHeadRecord(row: $0).note }
        guard let note, cosigned.starts(with: note) else { return false }
        let lines = try String.fetchSet(
            database.cachedStatement(sql: "SELECT line FROM log_cosignature WHERE size = ?"),
            arguments: [size])
        return String(decoding: cosigned.dropFirst(note.count), as: UTF8.self)
            .split(separator: "\n").allSatisfy { lines.contains(String($0)) }
    }
}
