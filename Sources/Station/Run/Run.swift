import CalendarTime
import DurableFiles
import Ledger
import LicenseRequest
package import Logging
import Spool
import SystemPackage

/// One batch: takes up what lies in the inbox, issues it, and finishes what an earlier run left.
///
/// The order of its steps keeps the promises: a drop is claimed before it is read, recorded before
/// anything leaves the station, and moved out of the way last. Everything after the record is
/// worked out from the ledger alone, so that it can be done again.
package struct Run: ~Copyable {
    let station: OpenStation
    let environment: SystemEnvironment
    let log: Logger
    let now: Timestamp
    let inbox: Inbox
    let keys: KeyRing
    /// The active key's thumbprint.
    let kid: String
    let rules: RequestRules

    var report = RunReport()
    /// Drops of runs that could not be finished: what becomes of them is in the ledger already.
    var decided: Set<ClaimName> = []
    var chunk: [ParsedDrop] = []
    var chunkBytes = 0
    var sequence = 0

    /// - Parameters:
    ///   - keys: opened only where there is something to sign.
    ///   - acceptClock: go on although the clock lies before the ledger's newest entry.
    package static func perform(
        _ folder: StationFolder, keys: KeyRing, environment: SystemEnvironment, log: Logger,
        acceptClock: Bool = false
    ) throws(StationFailure) -> RunReport {
        let configuration = try folder.readConfiguration()
        let lock = try FileLock.take(folder, environment)
        let station = try OpenStation(folder, configuration: configuration)
        let now = try environment.now()
        let clockFailure = try station.clockFailure(now)
        if let clockFailure, !acceptClock { throw clockFailure }
        try station.tidyKeys()
        var run = try Run(station, keys: keys, environment: environment, log: log, now: now)
        try run.finishRuns { _ in true }
        // Recorded even where nothing was dropped: from here on this clock is the right one.
        if clockFailure != nil { try run.beginRun() }
        try run.handleDrops()
        keys.keep([run.kid])
        let own = run.report.run
        try run.finishRuns { $0.number == own }
        withExtendedLifetime(lock) {}
        return run.report
    }

    /// The disk of a folder that is missing may be mounted later: that is something to wait for.
    private static func opened<Opened: ~Copyable>(
        _ name: String, at path: FilePath,
        _ open: (FilePath) throws(FileSystemError) -> Opened
    ) throws(StationFailure) -> Opened {
        do throws(FileSystemError) {
            return try open(path)
        } catch {
            throw error.isMissing
                ? StationFailure(.tryAgain, "\(path): the \(name) is not there: make or mount it")
                : StationFailure(error)
        }
    }

    private init(
        _ station: OpenStation, keys: KeyRing, environment: SystemEnvironment, log: Logger,
        now: Timestamp
    ) throws(StationFailure) {
        let configuration = station.configuration
        let kid = try station.activeKey().kid
        // Before anything is issued that could then not be handed over.
        _ = try Self.opened("outbox", at: station.folder.resolve(configuration.outbox)) {
            path throws(FileSystemError) in try Folder(opening: path)
        }
        inbox = try Self.opened("inbox", at: station.folder.resolve(configuration.inbox)) {
            path throws(FileSystemError) in try Inbox.open(at: path)
        }
        self.station = station
        self.environment = environment
        self.log = log
        self.now = now
        self.keys = keys
        self.kid = kid
        rules = RequestRules(configuration, now: now)
    }

    func key(_ kid: String) throws(StationFailure) -> OpenedKey {
        try keys.key(kid, in: KeyStore(station: station.folder))
    }

    /// What an earlier run left and what this one has recorded are finished in the same way.
    private mutating func finishRuns(_ isMeant: (RunRecord) -> Bool) throws(StationFailure) {
        let runs = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.unfinishedRuns()
        }
        for run in runs where isMeant(run) { try finish(run) }
    }

    /// Of a single drop, what is in it is counted.
    private func beginReading(_ count: Int) {
        if count > 1 { environment.progress.begin(.reading, count, of: "drops") }
    }

    private mutating func handleDrops() throws(StationFailure) {
        var unsettled: [(ClaimName, FileLook)] = []
        let claims = try fromInbox { inbox throws(FileSystemError) in try inbox.unfinished() }
        let listing = try fromInbox { inbox throws(FileSystemError) in try inbox.list() }
        // A key that cannot be opened must be known before anything is taken up.
        if !claims.isEmpty || !listing.drops.isEmpty { _ = try key(kid) }
        beginReading(claims.count + listing.drops.count)
        for claim in claims where !decided.contains(claim) { try take(claim, &unsettled) }
        for name in listing.unrecognizedFiles {
            log.notice(
                "a file in the inbox is left alone: the names of drops end in .json",
                metadata: ["file": "\(name)"])
        }
        for name in listing.drops {
            if let claim = try claim(name) { try take(claim, &unsettled) }
        }
        if !unsettled.isEmpty {
            environment.pause(station.configuration.settleSeconds)
            for (claim, look) in unsettled { try takeSettled(claim, since: look) }
        }
        try record()
    }
}
