package import DurableFiles
import Failures
import Ledger
package import Logging
import Spool
import SystemPackage

/// Runs whenever something was dropped, until it is asked to stop.
///
/// Events only wake it: each wake is followed by a scan of the whole inbox, and so is each minute
/// without one, so that a lost event costs a delay and nothing else.
package struct Watcher: Sendable {
    private enum Pause {
        /// Without any event, and where no watch can be had.
        static let rescan = 60.0
        static let polling = 2.0
        /// Where a drop waits for its writer, or the station for somebody else.
        static let retry = 2.0
    }

    private let folder: StationFolder
    private let keys: KeyRing
    private let environment: SystemEnvironment
    private let log: Logger
    private let pollSeconds: Double?
    private let ledger = KeptLedger()
    private let waits = KeptWaits()

    /// - Parameter pollSeconds: scan so often instead of watching.
    package init(
        _ folder: StationFolder, keys: KeyRing, environment: SystemEnvironment, log: Logger,
        pollSeconds: Double?
    ) {
        self.folder = folder
        self.keys = keys
        self.environment = environment
        self.log = log
        self.pollSeconds = pollSeconds
    }

    /// Returns once the request to stop was made and the run in hand has finished.
    package func run(until stop: StopRequest) throws(StationFailure) {
        var watched = folder.resolve(try folder.readConfiguration().inbox)
        log.info("watching", metadata: ["inbox": "\(watched)"])
        while !stop.wasMade {
            let inbox = inbox() ?? watched
            if inbox != watched { log.info("watching", metadata: ["inbox": "\(inbox)"]) }
            watched = inbox
            // The watch comes first, the scan after it: what is dropped in between wakes the wait.
            let watch = watch(inbox)
            while !stop.wasMade {
                let isWaiting = try scan()
                let pause = isWaiting ? Pause.retry : restPause(watch)
                // The scan has looked into the inbox that is configured now.
                guard self.inbox() ?? inbox == inbox else { break }
                guard wait(watch, seconds: pause, or: stop) else { break }
            }
        }
        log.info("stopped")
    }

    /// `nil` while the configuration cannot be read: whoever changes it may not be ready.
    private func inbox() -> FilePath? {
        // What is wrong with it is thrown away: the scan says so.
        (try? folder.readConfiguration()).map { folder.resolve($0.inbox) }
    }

    /// Whether configuration, list of signers and products can be read just now.
    private var isConfigured: Bool {
        do throws(StationFailure) {
            try folder.checkSettings()
            return true
        } catch {
            // The failure that led here says what is wrong.
            return false
        }
    }

    /// Opens the key before the watch begins: a passphrase that is wrong must be known now, not
    /// when the first drop comes. So must a list of signers or a product that cannot be read.
    package func openKey() throws(StationFailure) {
        try folder.checkSettings()
        let kid = try OpenStation(folder).activeKey().kid
        _ = try keys.key(kid, in: KeyStore(station: folder))
    }

    private func restPause(_ watch: borrowing InboxWatch?) -> Double {
        switch watch {
        case .some: Pause.rescan
        case .none: pollSeconds ?? Pause.polling
        }
    }

    /// `nil` where the inbox is to be polled, for now at least.
    private func watch(_ inbox: FilePath) -> InboxWatch? {
        guard pollSeconds == nil else { return nil }
        do throws(FileSystemError) {
            _ = try Inbox.open(at: inbox)
            return try InboxWatch(at: inbox)
        } catch {
            log.warning(
                "the inbox cannot be watched and is polled", metadata: ["reason": "\(error)"])
            return nil
        }
    }

    /// `false` where the watch, or the lack of one, should be thought over.
    private func wait(
        _ watch: borrowing InboxWatch?, seconds: Double, or stop: StopRequest
    ) -> Bool {
        switch watch {
        case .some(let watch):
            // Looked at before as well: a folder that was replaced while it was scanned may never
            // wake the wait.
            return watch.isCurrent && watch.wait(seconds: seconds, or: stop) != .folderGone
                && watch.isCurrent
        case .none:
            stop.wait(seconds: seconds)
            return pollSeconds != nil
        }
    }

    /// One run. What only time or the operator can mend is reported, and tried again; anything
    /// else ends the watch.
    ///
    /// - Returns: whether there is something that should be looked at again soon.
    func scan() throws(StationFailure) -> Bool {
        do throws(StationFailure) {
            let report = try Run.perform(
                folder, keys: keys, environment: environment, log: log, ledger: ledger,
                waits: waits)
            if report.run != nil { log.info("run finished", metadata: report.metadata) }
            return report.isToBeRetriedSoon
        } catch {
            ledger.close()
            // The key was opened, so that there was a configuration; it is being changed.
            guard error.status == .tryAgain || !isConfigured else { throw error }
            log.warning("no run is possible now", metadata: ["reason": "\(error)"])
            return true
        }
    }
}

extension RunReport {
    fileprivate var metadata: Logger.Metadata {
        [
            "run": run.map { .stringConvertible($0) } ?? "-",
            "accepted": .stringConvertible(accepted),
            "rejected": .stringConvertible(rejected), "repeated": .stringConvertible(repeated),
            "waiting": .stringConvertible(waiting), "licenses": .stringConvertible(licenses),
            "bundles": .stringConvertible(bundles.count),
        ]
    }
}
