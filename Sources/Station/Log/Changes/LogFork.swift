import CalendarTime
import Failures
import Ledger
import PlainText
import Signatures
import Signing

/// The way on after a real loss: another name for the log, and numbers of runs that the lost history
/// cannot have given out.
///
/// It holds the station's lock, so that no run is at work.
package struct LogFork: ~Copyable {
    /// What is going to be done, and why.
    package struct Plan: Sendable {
        package let firstRun: Int64
        /// What was found of the lost history, in words.
        package let findings: [String]
        let lostCheckpoint: [UInt8]?
    }

    package struct Report: Sendable {
        package let origin: String
        package let firstRun: Int64
    }

    package static let maximumReasonLength = 500
    /// Stands between the log's first name and what makes the new one differ from it.
    static let nameStart = "/fork-"
    private static let suffixByteCount = 4
    /// The first run after a fork has a number that follows a multiple of this.
    private static let step: Int64 = 1000

    private let station: OpenStation
    private let environment: SystemEnvironment
    private let lock: StationLock

    package static func begin(
        _ folder: StationFolder, environment: SystemEnvironment
    ) throws(StationFailure) -> LogFork {
        let configuration = try folder.readConfiguration()
        let lock = try StationLock.take(
            folder, waitingUpTo: StationLock.commandSeconds, environment)
        let station = try OpenStation(
            folder, configuration: configuration, with: lock, environment)
        _ = try folder.refuseIfWritable()
        try station.tidyKeys()
        return LogFork(station, environment, lock)
    }

    private init(
        _ station: OpenStation, _ environment: SystemEnvironment, _ lock: consuming StationLock
    ) {
        self.station = station
        self.environment = environment
        self.lock = lock
    }

    /// - Parameter run: the last one that is known to have been lost, where somebody knows it.
    package func plan(afterRun run: Int64?) throws(StationFailure) -> Plan {
        let lost = try LostHistory(of: station)
        guard !lost.isEmpty || run != nil else {
            throw StationFailure(
                .usage,
                "nothing was lost, as far as the outbox shows: a fork without need costs every "
                    + "witness; where something was, say with --after-run which run was the last")
        }
        let (last, size, signed) = try station.fromLedger { ledger throws(LedgerError) in
            (
                try ledger.lastRunNumber(), try ledger.logSize(),
                try ledger.newestHead()?.size ?? 0
            )
        }
        var known = max(last, lost.bundle?.run ?? 0, run ?? 0)
        var lostRuns: Int64 = 0
        // Each lost run has made at least one entry.
        if let first = lost.checkpoint?.firstRunOfFork {
            known = max(known, first - 1)
            // Where that fork has begun is not known.
            lostRuns = lost.checkpoint?.size ?? 0
        } else if let found = lost.checkpoint {
            // What this ledger has entered since its last head may be its own.
            lostRuns = max(0, found.size - signed)
        }
        guard let firstRun = Self.firstRun(after: known, lostRuns) else {
            throw StationFailure(
                .usage, "there is no number left for a run after \(known): give another --after-run"
            )
        }
        var findings: [String] = []
        if let found = lost.checkpoint {
            findings.append("a checkpoint of \(found.size) entries, and the ledger has \(size)")
        }
        if let found = lost.bundle {
            findings.append("\(found.path), and the ledger's last run is \(last)")
        }
        return Plan(
            firstRun: firstRun, findings: findings, lostCheckpoint: lost.checkpoint?.note)
    }

    /// `nil` where the number would be too large.
    private static func firstRun(after run: Int64, _ lostRuns: Int64) -> Int64? {
        let (sum, isTooLarge) = run.addingReportingOverflow(lostRuns)
        guard !isTooLarge, sum <= Int64.max - 2 * step else { return nil }
        return (sum + step - 1) / step * step + 1
    }

    /// By its name a fork tells from which number on runs are counted, also to a ledger that does
    /// not know of it. 1 where a name says nothing of the kind.
    static func firstRun(afterForkNamed name: String) -> Int64 {
        let words = name.split(separator: "/").last?.split(separator: "-") ?? []
        return words.count == 3 ? Int64(words[1]) ?? 1 : 1
    }

    /// What a fork adds to the log's first name.
    private static func suffix(
        _ firstRun: Int64, _ environment: SystemEnvironment
    ) throws(StationFailure) -> String {
        let random = Hex.encode(try environment.randomBytes(suffixByteCount))
        return "\(nameStart.dropFirst())\(firstRun)-\(random)"
    }

    /// - Parameter source: of the passphrase of the active key, which signs the new name's first head.
    package func perform(
        _ plan: Plan, reason: String, passphrase source: PassphraseSource
    ) throws(StationFailure) -> Report {
        try Self.refuseUnlessPlain(reason)
        let now = try environment.now()
        _ = try station.checkClock(now, isAccepted: false)
        let active = try station.activeKey()
        let store = KeyStore(station: station.folder)
        try store.check(active)
        let key = OpenedKey(try store.load(active.kid, source))
        let signer = try HeadSigner(key, issuer: station.configuration.issuer, environment)
        let suffix = try Self.suffix(plan.firstRun, environment)
        let event = StationEventRecord(kind: .forked, time: now, reason: reason)
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.withTransaction { transaction throws(LedgerError) in
                try transaction.fork(
                    event, suffix: suffix, firstRun: plan.firstRun,
                    lost: plan.lostCheckpoint, by: signer)
            }
        }
        try OutboxCheckpoint(of: station).update()
        return Report(origin: try station.currentLogOrigin(), firstRun: plan.firstRun)
    }

    /// Refuses a reason that cannot be entered into the log.
    package static func refuseUnlessPlain(_ reason: String) throws(StationFailure) {
        guard (1...maximumReasonLength).contains(reason.unicodeScalars.count) else {
            throw StationFailure(
                .usage,
                "--reason takes 1 to \(maximumReasonLength) characters, and this one has "
                    + "\(reason.unicodeScalars.count)")
        }
        let isPlain = reason.unicodeScalars.allSatisfy {
            !$0.isControl && !$0.isBidirectionalControl
        }
        guard isPlain else {
            throw StationFailure(
                .usage, "--reason has a control character in it: write it on one plain line")
        }
    }
}
