import Foundation
import GRDB
package import TransparencyLog

/// What auditors have cosigned.
extension Ledger {
    /// Keeps a cosignature on one of the log's heads.
    ///
    /// - Returns: whether it is new.
    package func add(
        cosignature line: String, on size: Int64, by verifier: NoteVerifier
    ) throws(LedgerError) -> Bool {
        try write { database in
            let known = try Bool.fetchOne(
                database,
                sql:
                    "SELECT EXISTS (SELECT 1 FROM log_cosignature WHERE size = ? AND verifier = ?)",
                arguments: [size, verifier.vkey])
            if known == true { return false }
            try database.execute(
                sql: "INSERT INTO log_cosignature (size, verifier, line) VALUES (?, ?, ?)",
                arguments: [size, verifier.vkey, line])
            return true
        }
    }

    /// The largest head that each auditor has cosigned.
    package func newestCosignatures() throws(LedgerError) -> [CosignatureRecord] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT max(size) AS size, verifier FROM log_cosignature
                         GROUP BY verifier ORDER BY size DESC, verifier
                        """)
            ).map(CosignatureRecord.init)
        }
    }

    /// A head's note with the cosignatures that have come in.
    package func note(of head: LogHeadRecord) throws(LedgerError) -> [UInt8] {
        try withReader { reader throws(LedgerError) in try reader.note(of: head) }
    }
}

extension LedgerReader {
    func note(of head: LogHeadRecord) throws(LedgerError) -> [UInt8] {
        try translating {
            let lines = try String.fetchAll(
                database.cachedStatement(
                    sql: "SELECT line FROM log_cosignature WHERE size = ? ORDER BY id"),
                arguments: [head.size])
            return head.note + lines.flatMap { Array("\($0)\n".utf8) }
        }
    }

    /// The newest of the heads that somebody has cosigned, of the origin that holds now.
    func newestCosignedCheckpoint() throws -> [UInt8]? {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT * FROM log_head
                     WHERE size = (SELECT max(size) FROM log_cosignature)
                       AND size > (SELECT max(first_entry) FROM log_origin)
                    """))
        return try row.map { try note(of: try LogHeadRecord(row: $0)) }
    }
}
