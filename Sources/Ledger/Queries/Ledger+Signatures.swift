package import CalendarTime
import GRDB
package import LicenseToken
package import Signatures

/// A drop of a run with a list of signers, as it was judged.
package struct SignedDropRecord: Sendable {
    package let run: Int64
    /// When the drop was judged.
    package let time: Timestamp
    package let issuer: String
    package let claim: [UInt8]
    package let sha256: SHA256Digest?
    package let outcome: DropOutcome
    /// `nil` where nobody had to sign.
    package let approvalsNeeded: Int64?
    /// The digest of the list of signers that was in force; `nil` where none is recorded.
    package let list: SHA256Digest?
    /// In the order in which they counted.
    package internal(set) var signatures: [SignatureRecord]

    let row: Int64

    init(row: Row) throws {
        let columns = Columns(row)
        self.row = try columns.integer("id")
        run = try columns.integer("run")
        time = try columns.time("started_at")
        issuer = try columns.text("issuer")
        claim = try columns.bytes("claim")
        sha256 = try columns.optionalDigest("sha256")
        outcome = try columns.word("outcome")
        approvalsNeeded = try columns.optionalInteger("approvals_needed")
        list = try columns.optionalDigest("list")
        signatures = []
    }
}

extension Ledger {
    /// So many drops are read at a time.
    private static let signedDropPage = 1000

    private static let signedDrops = """
        SELECT drop_file.id, drop_file.run, started_at, issuer, claim, drop_file.sha256, outcome,
               approvals_needed, signers_list.sha256 AS list
          FROM drop_file JOIN run ON run.number = drop_file.run
               LEFT JOIN run_signers ON run_signers.run = drop_file.run
               LEFT JOIN signers_list ON signers_list.id = run_signers.list
        """

    /// Every drop that somebody signed or had to sign, in the order in which they were judged.
    /// Between pages others may write, and `body` may take its time.
    package func forEachSignedDrop(
        _ body: (SignedDropRecord) -> Void
    ) throws(LedgerError) {
        var last: Int64 = 0
        while true {
            let page = try read { try Self.signedDrops(after: last, in: $0) }
            for drop in page { body(drop) }
            guard let row = page.last?.row else { return }
            last = row
        }
    }

    private static func signedDrops(
        after row: Int64, in database: Database
    ) throws -> [SignedDropRecord] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    \(signedDrops)
                     WHERE drop_file.id > ?
                       AND (approvals_needed IS NOT NULL
                            OR run_signers.run IS NOT NULL
                            OR EXISTS (SELECT 1 FROM signature AS own WHERE own.drop_file = drop_file.id))
                     ORDER BY drop_file.id LIMIT \(signedDropPage)
                    """), arguments: [row]
        ).map { try withSignatures(SignedDropRecord(row: $0), in: database) }
    }

    private static func withSignatures(
        _ drop: SignedDropRecord, in database: Database
    ) throws -> SignedDropRecord {
        var drop = drop
        drop.signatures = try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT * FROM signature WHERE drop_file = ? ORDER BY id"),
            arguments: [drop.row]
        ).map(SignatureRecord.init)
        return drop
    }

    /// The signed drops that a license was created and changed by, in order.
    package func signedDrops(ofLicense id: LicenseID) throws(LedgerError) -> [SignedDropRecord] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        \(Self.signedDrops)
                         WHERE drop_file.id IN (
                           SELECT drop_file FROM license WHERE id = ?1
                           UNION
                           SELECT event.drop_file FROM license
                             JOIN event ON event.license = license.number WHERE license.id = ?1)
                         ORDER BY drop_file.id
                        """), arguments: [id.description]
            ).map { try Self.withSignatures(SignedDropRecord(row: $0), in: database) }
                .filter { !$0.signatures.isEmpty }
        }
    }

    /// Every list of signers that was in force in some run.
    package func signersLists() throws(LedgerError) -> [SignersListRecord] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM signers_list ORDER BY id")
                .map(SignersListRecord.init)
        }
    }

    /// The first runs in which nobody had to sign, of those after the first one with signers.
    package func runsWithoutSigners(limit: Int) throws(LedgerError) -> [Int64] {
        try read { database in
            try Int64.fetchAll(
                database,
                sql: """
                    SELECT number FROM run
                     WHERE number > (SELECT min(run) FROM run_signers)
                       AND number NOT IN (SELECT run FROM run_signers)
                     ORDER BY number LIMIT ?
                    """, arguments: [limit])
        }
    }

    /// Digests that signatures on drops of different bytes are said to cover, in hexadecimal.
    package func digestsOfSeveralDrops() throws(LedgerError) -> [String] {
        try read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT lower(hex(signature.digest)) FROM signature
                      JOIN drop_file ON drop_file.id = signature.drop_file
                     GROUP BY signature.digest HAVING count(DISTINCT sha256) > 1 LIMIT 10
                    """)
        }
    }
}
