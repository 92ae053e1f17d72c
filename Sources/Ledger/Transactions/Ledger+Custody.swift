package import CalendarTime
import Foundation
import GRDB
package import LicenseToken
import Signatures

extension Ledger {
    /// How a key came to the station.
    package enum KeyOrigin: Sendable {
        case generated, imported
    }

    /// Adds a key that signs from now on, or that stands by, as its state says.
    package func add(_ key: KeyRecord, _ origin: KeyOrigin) throws(LedgerError) {
        try writeWithLog { database, log in
            try database.execute(
                sql: """
                    INSERT INTO key (kid, public_key, state, created_at)
                    VALUES (?, ?, 'standby', ?)
                    """,
                arguments: [
                    key.kid.description, Data(key.publicKey.bytes),
                    key.createdAt.secondsSinceEpoch,
                ])
            let event: KeyEventRecord.Kind = origin == .imported ? .imported : .generated
            try Self.record(event, of: key.kid, at: key.createdAt, database, log)
            if key.state == .active {
                try Self.setState(
                    .active, of: key.kid, .activated, at: key.createdAt, database, log)
            }
        }
    }

    /// Makes a key that stands by the one that signs; the one before it stands by from now on.
    ///
    /// - Parameter statement: what both of them have signed.
    package func activateKey(
        _ kid: KeyID, _ statement: KeySetStatement?, at time: Timestamp
    ) throws(LedgerError) {
        try writeWithLog { database, log in
            let row = try Row.fetchOne(
                database, sql: "SELECT kid FROM key WHERE state = 'active'")
            if let active = try row.map({ try Columns($0).keyID("kid") }) {
                try Self.setState(.standby, of: active, .deactivated, at: time, database, log)
            }
            try Self.setState(.active, of: kid, .activated, at: time, database, log)
            if let statement {
                try database.execute(
                    sql: """
                        INSERT INTO key_statement (event, jws)
                        SELECT max(id), ? FROM key_event WHERE kid = ?
                        """, arguments: [Data(statement.encoded), kid.description])
            }
        }
    }

    package func retireKey(_ kid: KeyID, at time: Timestamp) throws(LedgerError) {
        try writeWithLog { try Self.setState(.retired, of: kid, .retired, at: time, $0, $1) }
    }

    private static func record(
        _ event: KeyEventRecord.Kind, of kid: KeyID, at time: Timestamp, _ database: Database,
        _ log: LogAppender
    ) throws {
        try database.execute(
            sql: "INSERT INTO key_event (kid, event, at) VALUES (?, ?, ?)",
            arguments: [kid.description, event.rawValue, time.secondsSinceEpoch])
        try log.append(LogEntry.key(KeyEventRecord(kid: kid, kind: event, time: time)))
    }

    private static func setState(
        _ state: KeyRecord.State, of kid: KeyID, _ event: KeyEventRecord.Kind, at time: Timestamp,
        _ database: Database, _ log: LogAppender
    ) throws {
        try record(event, of: kid, at: time, database, log)
        try database.execute(
            sql: "UPDATE key SET state = ? WHERE kid = ? AND state <> 'retired'",
            arguments: [state.rawValue, kid.description])
        guard database.changesCount == 1 else {
            throw LedgerError.Reason.contradiction("there is no key \(kid) that is not retired")
        }
    }
}
