package import CalendarTime
import Foundation
import GRDB
package import LicenseToken

/// A transaction that records what a run does. It is of use only while the closure that was given
/// it runs; what it has written is recorded once that closure returns.
package struct LedgerTransaction {
    /// What the ledger holds by now, with what this transaction has written.
    package let reader: LedgerReader
    let log: LogAppender

    private var database: Database { reader.database }

    /// Records the run, with the keys that its bundles hand out.
    package func beginRun(
        at time: Timestamp, issuer: String, kid: KeyID
    ) throws(LedgerError) -> RunRecord {
        try reader.translating {
            let run = try database.cachedStatement(
                sql: "INSERT INTO run (started_at, issuer, kid) VALUES (?, ?, ?)")
            try run.execute(arguments: [time.secondsSinceEpoch, issuer, kid.description])
            let number = database.lastInsertedRowID
            let keys = try database.cachedStatement(
                sql: """
                    INSERT INTO run_key (run, kid) SELECT ?, kid FROM key WHERE state <> 'retired'
                    """)
            try keys.execute(arguments: [number])
            return RunRecord(number: number, startedAt: time, issuer: issuer, kid: kid)
        }
    }

    /// Enters into the log what the run, which was begun in this transaction, does otherwise than
    /// the one before it.
    package func enterPolicies(of run: RunRecord) throws(LedgerError) {
        try reader.translating {
            let recorded = RecordedEntries(database: database)
            for text in try recorded.policies(of: run.number) { try log.append(text) }
        }
    }

    /// Records that the run goes on although the clock lies before the ledger's newest time.
    package func recordAcceptedClock(
        of run: RunRecord, before newest: Timestamp
    ) throws(LedgerError) {
        try reader.translating {
            try database.execute(
                sql: """
                    INSERT INTO clock_acceptance (run, key_event, newest_entry)
                    SELECT ?, max(id), ? FROM key_event
                    """, arguments: [run.number, newest.secondsSinceEpoch])
        }
    }

    /// Records the list of signers that is in force in a run.
    package func record(
        _ list: SignersListRecord, of run: RunRecord
    ) throws(LedgerError) {
        try reader.translating {
            let known = try database.cachedStatement(
                sql: "SELECT id FROM signers_list WHERE sha256 = ?")
            var id = try Int64.fetchOne(known, arguments: [list.digest.blob])
            if id == nil {
                try database.execute(
                    sql: "INSERT INTO signers_list (sha256, text) VALUES (?, ?)",
                    arguments: [list.digest.blob, Data(list.text)])
                id = database.lastInsertedRowID
            }
            let inForce = try database.cachedStatement(
                sql: "INSERT INTO run_signers (run, list) VALUES (?, ?)")
            try inForce.execute(arguments: [run.number, id])
        }
    }

    private func insert(_ signature: SignatureRecord, onDrop row: Int64) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO signature (drop_file, signer, key, digest, signature)
                VALUES (?, ?, ?, ?, ?)
                """)
        try statement.execute(
            arguments: [
                row, signature.signer, signature.key, Data(signature.digest),
                Data(signature.signature),
            ])
    }

    /// Records what became of a drop of the run, and who has signed it.
    ///
    /// - Returns: the means to record what the drop changes, which are to be finished.
    package func insert(
        _ drop: DropRecord, signedBy signatures: [SignatureRecord] = [], in run: RunRecord
    ) throws(LedgerError) -> DropChanges {
        try reader.translating {
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO drop_file (run, claim, sha256, outcome, receipt, approvals_needed)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """)
            try statement.execute(
                arguments: [
                    drop.run, Data(drop.claim), drop.digest?.blob, drop.outcome.rawValue,
                    drop.receipt, drop.approvalsNeeded,
                ])
            let row = database.lastInsertedRowID
            for signature in signatures { try insert(signature, onDrop: row) }
            let signers = drop.approvalsNeeded.map { DropDigest.signers(needed: $0, signatures) }
            return DropChanges(
                reader: reader, run: run, drop: drop, row: row, signers: signers, log: log)
        }
    }
}
