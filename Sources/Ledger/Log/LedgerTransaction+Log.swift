import Bundles
import CalendarTime
import Foundation
import GRDB
import Signatures
import TransparencyLog

/// What a transaction enters into the log besides its own drops.
extension LedgerTransaction {
    /// Whether a run has accepted drops that no head of the log covers yet.
    package func needsHead(_ run: RunRecord) throws(LedgerError) -> Bool {
        try reader.needsHead(run)
    }

    /// Enters the bundles of a run, all of whose drops are recorded, and signs the log's head.
    package func seal(_ run: RunRecord, by signer: HeadSigner) throws(LedgerError) {
        try reader.translating {
            let contents = BundleContents(database: reader.database, refusesDamage: true)
            try contents.forEachCustomer(ofRun: run.number) { customer, tokens in
                let name = BundleName(customer: customer, run: run.number)
                let entry = BundleEntry(
                    time: run.startedAt, name: name, tokens: tokens, salt: signer.salt(for: name))
                try Self.append(entry, of: name, to: log, in: reader.database)
            }
            try signHead(of: run, by: signer)
        }
    }

    static func append(
        _ entry: BundleEntry, of name: BundleName, to log: LogAppender, in database: Database
    ) throws {
        let number = try log.append(String(decoding: entry.text, as: UTF8.self))
        let statement = try database.cachedStatement(
            sql: "INSERT INTO bundle_entry (run, customer, entry) VALUES (?, ?, ?)")
        try statement.execute(arguments: [name.run, name.customer, number])
    }

    /// Signs the log's head where no run is at work.
    package func signHead(by signer: HeadSigner) throws(LedgerError) {
        try reader.translating { try signHead(of: nil, by: signer) }
    }

    private func signHead(of run: RunRecord?, by signer: HeadSigner) throws {
        let (size, root) = try log.state()
        let origin = try LogOrigins(database: reader.database).current(issuer: signer.issuer)
        let checkpoint = try Checkpoint(origin: origin, size: size, root: root)
        let verifier = try NoteVerifier(
            name: origin, algorithm: .ed25519, key: signer.publicKey)
        let signature = signer.sign(SignedNote.message(for: checkpoint.text))
        let note = try SignedNote(
            text: checkpoint.text,
            signatures: [NoteSignature(verifier: verifier, signature: signature)])
        let statement = try reader.database.cachedStatement(
            sql: "INSERT INTO log_head (size, run, note, cosigned) VALUES (?, ?, ?, ?)")
        try statement.execute(
            arguments: [
                size, run?.number, Data(note.bytes),
                try reader.newestCosignedCheckpoint().map { Data($0) },
            ])
    }

    /// Records what happened to the station, and enters it into the log.
    package func record(_ event: StationEventRecord) throws(LedgerError) {
        try reader.translating { try Self.record(event, in: reader.database, log) }
    }

    static func record(
        _ event: StationEventRecord, in database: Database, _ log: LogAppender
    ) throws {
        try database.execute(
            sql: "INSERT INTO station_event (what, at, reason) VALUES (?, ?, ?)",
            arguments: [event.kind.rawValue, event.time.secondsSinceEpoch, event.reason])
        try log.append(LogEntry.policy(event))
    }

    /// Goes on after a loss, under another origin and with other numbers of runs.
    ///
    /// - Parameters:
    ///   - suffix: makes the new origin differ from any other.
    ///   - lost: the checkpoint of the history that is lost, where one was found.
    package func fork(
        _ event: StationEventRecord, suffix: String, firstRun: Int64, lost: [UInt8]?,
        by signer: HeadSigner
    ) throws(LedgerError) {
        try reader.translating {
            let database = reader.database
            let (size, _) = try log.state()
            let origins = LogOrigins(database: database)
            let current = try origins.current(issuer: signer.issuer)
            let first = try origins.all().first?.origin ?? current
            try database.execute(
                sql: """
                    INSERT INTO log_origin (first_entry, origin, first_run, lost_checkpoint)
                    VALUES (?, ?, ?, ?)
                    """, arguments: [size, "\(first)/\(suffix)", firstRun, lost.map { Data($0) }])
            try Self.record(event, in: database, log)
            try database.execute(
                sql: "UPDATE sqlite_sequence SET seq = ? WHERE name = 'run'",
                arguments: [firstRun - 1])
            if database.changesCount == 0 {
                try database.execute(
                    sql: "INSERT INTO sqlite_sequence (name, seq) VALUES ('run', ?)",
                    arguments: [firstRun - 1])
            }
            try signHead(of: nil, by: signer)
        }
    }
}
