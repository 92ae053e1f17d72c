package import CalendarTime
import Ledger
import Signatures
import StrictJSON
import TransparencyLog

/// What the log is, in short.
package struct LogSummary: Sendable {
    package struct Head: Sendable {
        package let size: Int64
        /// `nil` where it was signed for a fork.
        package let run: Int64?
        package let time: Timestamp?
    }

    package struct Fork: Sendable {
        package let origin: String
        package let firstEntry: Int64
        package let firstRun: Int64
        package let time: Timestamp?
        package let reason: String?
    }

    package struct Witness: Sendable {
        package let name: String
        package let vkey: String
        package let size: Int64
        package let time: Timestamp?
    }

    package let origin: String
    package let entryCount: Int64
    package let head: Head?
    /// Since when everything is entered as it happens.
    package let since: Timestamp?
    /// Whether an earlier version has recorded something before that.
    package let beganLate: Bool
    package let forks: [Fork]
    /// The largest head that each has cosigned.
    package let witnesses: [Witness]
}

extension OpenStation {
    package func logSummary() throws(StationFailure) -> LogSummary {
        let (count, origins, events, head) = try fromLedger { ledger throws(LedgerError) in
            (
                try ledger.logSize(), try ledger.logOrigins(), try ledger.stationEvents(),
                try ledger.newestHead()
            )
        }
        let beginning = events.first { $0.kind == .logBegun }
        let newest: LogSummary.Head? =
            if let head {
                LogSummary.Head(
                    size: head.size, run: head.run, time: try logEntryTime(head.size - 1))
            } else { nil }
        let forkEvents = events.filter { $0.kind == .forked }
        let forks = origins.dropFirst().enumerated().map { index, fork in
            let event = index < forkEvents.count ? forkEvents[index] : nil
            return LogSummary.Fork(
                origin: fork.origin, firstEntry: fork.firstEntry, firstRun: fork.firstRun,
                time: event?.time, reason: event?.reason)
        }
        return LogSummary(
            origin: try currentLogOrigin(), entryCount: count, head: newest,
            since: try since(beginning), beganLate: beginning != nil,
            forks: forks, witnesses: try witnesses())
    }

    private func since(_ beginning: StationEventRecord?) throws(StationFailure) -> Timestamp? {
        if let beginning { return beginning.time }
        return try logEntryTime(0)
    }

    /// Calls `body` with entries in their order, without holding them all.
    package func forEachLogEntry(
        from number: Int64, limit: Int64,
        _ body: (_ number: Int64, _ text: String) throws(StationFailure) -> Void
    ) throws(StationFailure) {
        var (next, rest) = (number, limit)
        while rest > 0 {
            let page = try fromLedger { ledger throws(LedgerError) in
                try ledger.logEntries(from: next, limit: Int(min(rest, 1000)))
            }
            guard !page.isEmpty else { return }
            for text in page {
                try body(next, text)
                next += 1
                rest -= 1
            }
        }
    }

    private func logEntryTime(_ number: Int64) throws(StationFailure) -> Timestamp? {
        let text = try fromLedger { ledger throws(LedgerError) in
            try ledger.logEntries(from: number, limit: 1).first
        }
        // What is wrong with an entry is thrown away: 'audit' says it.
        return text.flatMap { try? JSONDocument.parse(Array($0.utf8)) }?
            .root.member("at")?.string.flatMap { try? Timestamp(parsing: $0) }
    }

    private func witnesses() throws(StationFailure) -> [LogSummary.Witness] {
        var witnesses: [LogSummary.Witness] = []
        let records = try fromLedger { ledger throws(LedgerError) in
            try ledger.newestCosignatures()
        }
        for record in records {
            let note = try fromLedger { ledger throws(LedgerError) in
                try ledger.head(ofSize: record.size).map {
                    head throws(LedgerError) in try ledger.note(of: head)
                }
            }
            let verifier = try mappingLogErrors { () throws(NoteError) in
                try NoteVerifier(vkey: record.verifier)
            }
            // As above.
            let signed = note.flatMap { try? SignedCheckpoint(parsing: $0) }
            witnesses.append(
                LogSummary.Witness(
                    name: verifier.name, vkey: record.verifier, size: record.size,
                    time: signed?.cosigned(by: verifier).flatMap {
                        Timestamp(secondsSinceEpoch: $0)
                    }))
        }
        return witnesses
    }
}
