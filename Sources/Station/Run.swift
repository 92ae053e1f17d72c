import Bundling
import Ledger
import LicenseRequest
import LicenseToken
package import Logging
import RFC3339
import Signing
import Spool

/// One batch: takes up what lies in the inbox, issues it, and finishes what an earlier run left.
///
/// The order of its steps keeps the promises: a drop is claimed before it is read, recorded before
/// anything leaves the station, and moved out of the way last. Everything after the record is
/// worked out from the ledger alone, so that it can be done again.
package struct Run: ~Copyable {
    /// A chunk of drops is recorded in one transaction; it ends where one of these is reached.
    private enum ChunkLimit {
        static let drops = 256
        static let bytes = 64 << 20
    }

    private let station: OpenStation
    private let host: Host
    private let log: Logger
    private let now: Timestamp
    private let inbox: Inbox
    private let issuing: Issuing
    private let rules: RequestRules

    private var report = RunReport()
    private var chunk: [PreparedDrop] = []
    private var chunkBytes = 0
    private var sequence = 0

    /// - Parameter acceptClock: go on although the clock lies before the ledger's newest entry.
    package static func perform(
        _ folder: StationFolder, host: Host, log: Logger, acceptClock: Bool = false
    ) throws(StationFailure) -> RunReport {
        let configuration = try folder.readConfiguration()
        let lock = try takeLock(folder)
        let station = try OpenStation(folder, configuration: configuration)
        let now = try host.now()
        if !acceptClock { try station.refuseIfClockIsBehind(now) }
        var run = try Run(station, host: host, log: log, now: now)
        try run.finishRuns()
        try run.handleDrops()
        try run.finishRuns()
        withExtendedLifetime(lock) {}
        return run.report
    }

    private static func takeLock(_ folder: StationFolder) throws(StationFailure) -> StationLock {
        let lock = try onDisk { () throws(FileSystemError) in
            try StationLock.take(at: folder.lock)
        }
        guard let lock else {
            throw StationFailure(
                .tryAgain, "\(folder.lock): another run is at work on this station: try again later"
            )
        }
        return lock
    }

    private init(
        _ station: OpenStation, host: Host, log: Logger, now: Timestamp
    ) throws(StationFailure) {
        let configuration = station.configuration
        let key = try KeyStore(station: station.folder).load(try station.activeKey().kid)
        let place = station.folder.resolve(configuration.inbox)
        inbox = try onDisk { () throws(FileSystemError) in try Inbox.open(at: place) }
        self.station = station
        self.host = host
        self.log = log
        self.now = now
        issuing = Issuing(issuer: configuration.issuer, now: now, host: host, key: key)
        rules = RequestRules(configuration, now: now)
    }

    // MARK: - Steps

    /// What an earlier run left and what this one has recorded are finished in the same way.
    private mutating func finishRuns() throws(StationFailure) {
        let runs = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.unfinishedRuns()
        }
        for run in runs {
            if run.number != report.run {
                log.notice(
                    "a run was cut off and is finished now", metadata: ["run": "\(run.number)"])
            }
            try finish(run)
        }
    }

    private mutating func handleDrops() throws(StationFailure) {
        var unsettled: [(ClaimName, FileLook)] = []
        for claim in try fromInbox({ inbox throws(FileSystemError) in try inbox.unfinished() }) {
            try take(claim, &unsettled)
        }
        let listing = try fromInbox { inbox throws(FileSystemError) in try inbox.list() }
        for name in listing.strangers {
            log.warning(
                "a file in the inbox is left alone: the names of drops end in .json",
                metadata: ["file": "\(name)"])
        }
        for name in listing.drops {
            if let claim = try claim(name) { try take(claim, &unsettled) }
        }
        if !unsettled.isEmpty {
            host.pause(station.configuration.settleSeconds)
            for (claim, look) in unsettled { try takeSettled(claim, since: look) }
        }
        try record()
    }

    /// `nil` where the drop has gone, or cannot be taken up; then the others are not held up.
    private mutating func claim(_ name: FileName) throws(StationFailure) -> ClaimName? {
        let claim = ClaimName(
            time: now.basicFormat, sequence: sequence,
            random: try host.randomBytes(ClaimName.randomByteCount), original: name)
        sequence += 1
        do throws(FileSystemError) {
            return try inbox.claim(name, as: claim) ? claim : nil
        } catch {
            wait(after: error)
            return nil
        }
    }

    // MARK: - Reading

    private mutating func take(
        _ claim: ClaimName, _ unsettled: inout [(ClaimName, FileLook)]
    ) throws(StationFailure) {
        if case .unsettled(let look) = try read(claim, since: nil) {
            unsettled.append((claim, look))
        }
    }

    private mutating func takeSettled(
        _ claim: ClaimName, since look: FileLook
    ) throws(StationFailure) {
        if case .unsettled = try read(claim, since: look) { report.waiting += 1 }
    }

    private mutating func read(
        _ claim: ClaimName, since look: FileLook?
    ) throws(StationFailure) -> DropReading {
        let limit = station.configuration.maximumDropBytes
        let reading: DropReading
        do throws(FileSystemError) {
            reading = try inbox.read(claim, maximumByteCount: limit, since: look)
        } catch {
            wait(after: error)
            return .stillWritten
        }
        switch reading {
        case .content(let bytes):
            try add(PreparedDrop(claim: claim, bytes: bytes, rules: rules), bytes.count)
        case .notARegularFile(let reason):
            try add(
                PreparedDrop(
                    claim: claim,
                    problem: Problem(
                        .notARegularFile, "a drop must be a plain file of its own: \(reason)")), 0)
        case .tooLarge(let count):
            try add(
                PreparedDrop(
                    claim: claim,
                    problem: Problem(
                        .tooLarge,
                        "\(count) bytes, the limit is \(limit): divide it over several files")), 0)
        case .stillWritten: report.waiting += 1
        case .unsettled: break
        }
        return reading
    }

    private mutating func wait(after error: FileSystemError) {
        report.waiting += 1
        report.troubles += 1
        log.error(
            "a drop cannot be taken up: it waits, and the next run tries again",
            metadata: ["reason": "\(error)"])
    }

    private func fromInbox<Result>(
        _ body: (borrowing Inbox) throws(FileSystemError) -> Result
    ) throws(StationFailure) -> Result {
        try onDisk { () throws(FileSystemError) in try body(inbox) }
    }

    // MARK: - Recording

    private mutating func add(_ drop: PreparedDrop, _ byteCount: Int) throws(StationFailure) {
        chunk.append(drop)
        chunkBytes += byteCount
        if chunk.count >= ChunkLimit.drops || chunkBytes >= ChunkLimit.bytes { try record() }
    }

    /// Signs and records the chunk; from here on its outcome is decided.
    private mutating func record() throws(StationFailure) {
        guard !chunk.isEmpty else { return }
        let drops = chunk
        chunk = []
        chunkBytes = 0
        var licenses = try issuing.licenses(for: drops.flatMap(\.requests))[...]
        let entries = drops.map { drop in
            let own = licenses.prefix(drop.requests.count)
            licenses = licenses.dropFirst(drop.requests.count)
            return drop.entry(licenses: Array(own))
        }
        let run = NewRun(
            startedAt: now.secondsSinceEpoch, issuer: station.configuration.issuer,
            kid: issuing.signer.jwk.thumbprint)
        let number = report.run
        let now = now
        report.run = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.record(entries, in: run, number: number) { place, decision, number in
                Self.receipt(
                    drops[place], entries[place], decision, run: number, handledAt: now)
            }
        }
    }

    private static func receipt(
        _ drop: PreparedDrop, _ entry: DropEntry, _ decision: Decision, run: Int64,
        handledAt: Timestamp
    ) -> String {
        let receipt = Receipt(
            claim: drop.claim, sha256: drop.sha256?.description, run: run, handledAt: handledAt)
        switch decision {
        case .accepted:
            return receipt.accepted(
                zip(entry.licenses, drop.requests).map { license, request in
                    license.result(
                        bundle: .init(customer: license.customer, run: run),
                        requestID: request.requestID)
                })
        case .refused: return receipt.rejected(drop.problems)
        case .repeated(let first): return receipt.repeated(first: first)
        case .namesTaken(let places):
            return receipt.rejected(places.map { drop.requests[$0].nameTaken })
        }
    }

    // MARK: - Finishing

    /// Publishes, writes receipts, and moves the drops, from what the ledger says of the run.
    private mutating func finish(_ run: RunRecord) throws(StationFailure) {
        let publishing = Publishing(station: station, run: run)
        report.bundles += try publishing.publishAll(signedBy: issuing.key, at: now)
        let drops = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.drops(ofRun: run.number)
        }
        report.licenses += try station.fromLedger { ledger throws(LedgerError) in
            try ledger.licenseCount(ofRun: run.number)
        }
        for drop in drops { try settle(drop) }
        try fromInbox { inbox throws(FileSystemError) in try inbox.syncSettled() }
        let time = now.secondsSinceEpoch
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.finishRun(run.number, at: time)
        }
    }

    private mutating func settle(_ drop: DropRecord) throws(StationFailure) {
        guard let claim = ClaimName(FileName(bytes: drop.claim)) else { return }
        switch drop.outcome {
        case .accepted: report.accepted += 1
        case .repeated: report.repeated += 1
        case .rejected:
            report.rejected += 1
            log.notice(
                "a drop was refused: its receipt in the inbox says why",
                metadata: [
                    "file": "\(claim.original)", "receipt": "rejected/\(claim.receipt)",
                ])
        }
        try fromInbox { inbox throws(FileSystemError) in
            try inbox.settle(
                claim, receipt: Array(drop.receipt.utf8), isRejected: drop.outcome == .rejected)
        }
    }
}
