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
        let (last, size) = try station.fromLedger { ledger throws(LedgerError) in
            (try ledger.lastRunNumber(), try ledger.logSize())
        }
        let known = max(last, lost.bundle?.run ?? 0, run ?? 0)
        // Each lost run has made at least one entry.
        let lostEntries = max(0, (lost.checkpoint?.size ?? 0) - size)
        guard let firstRun = Self.firstRun(after: known, lostEntries) else {
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
    static func firstRun(after run: Int64, _ lostEntries: Int64) -> Int64? {
        let (sum, isTooLarge) = run.addingReportingOverflow(lostEntries)
        guard !isTooLarge, sum <= Int64.max - 2 * step else { return nil }
        return (sum + step - 1) / step * step + 1
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
        let signer = HeadSigner(
            issuer: station.configuration.issuer, publicKey: active.publicKey,
            seed: try environment.randomBytes(HeadSigner.seedByteCount)
        ) { key.key.sign($0) }
        let name =
            Self.nameStart.dropFirst()
            + Hex.encode(try environment.randomBytes(Self.suffixByteCount))
        let event = StationEventRecord(kind: .forked, time: now, reason: reason)
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.withTransaction { transaction throws(LedgerError) in
                try transaction.fork(
                    event, suffix: String(name), firstRun: plan.firstRun,
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
