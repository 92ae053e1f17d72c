import CalendarTime
import DurableFiles
import Ledger
import LicenseToken
import Signing
import Spool
import SystemPackage

/// A station with its configuration and its open ledger.
package struct OpenStation: Sendable {
    package let folder: StationFolder
    package let configuration: Configuration
    let ledger: Ledger

    /// For commands that only look. A ledger of an earlier version is brought up to date, under the
    /// station's lock, as a run would.
    package init(_ folder: StationFolder) throws(StationFailure) {
        let configuration = try folder.readConfiguration()
        let ledger = try Self.openLedger(of: folder)
        let isUpToDate = try Self.asking { () throws(LedgerError) in try ledger.isUpToDate() }
        if !isUpToDate {
            let lock = try StationLock.take(folder, .system)
            try Self.asking { () throws(LedgerError) in try ledger.bringUpToDate() }
            withExtendedLifetime(lock) {}
        }
        self.init(folder: folder, configuration: configuration, ledger: ledger)
    }

    /// For whoever changes the station, and has its lock.
    init(
        _ folder: StationFolder, configuration: Configuration, with lock: borrowing StationLock
    ) throws(StationFailure) {
        let ledger = try Self.openLedger(of: folder)
        try Self.asking { () throws(LedgerError) in
            if try !ledger.isUpToDate() { try ledger.bringUpToDate() }
        }
        self.init(folder: folder, configuration: configuration, ledger: ledger)
    }

    private init(folder: StationFolder, configuration: Configuration, ledger: Ledger) {
        self.folder = folder
        self.configuration = configuration
        self.ledger = ledger
    }

    private static func openLedger(of folder: StationFolder) throws(StationFailure) -> Ledger {
        do throws(FileSystemError) {
            _ = try ReadableFile.regular(at: folder.ledger)
        } catch {
            throw StationFailure(
                .configuration,
                "\(folder.ledger): the ledger is missing or cannot be read: restore it from a "
                    + "backup, or run coldmint as the station's user", cause: .fileSystem(error))
        }
        return try asking { () throws(LedgerError) in
            try Ledger(opening: folder.ledger.string)
        }
    }

    func activeKey() throws(StationFailure) -> KeyRecord {
        guard let key = try fromLedger({ ledger throws(LedgerError) in try ledger.activeKey() })
        else {
            throw StationFailure(.configuration, "\(folder.ledger): there is no active key in it")
        }
        return key
    }

    func tidyKeys() throws(StationFailure) {
        let keys = try fromLedger { ledger throws(LedgerError) in try ledger.keys() }
        try KeyStore(station: folder).tidy(keys)
    }

    /// Brings the folder of keys in line with the ledger before a run.
    ///
    /// - Returns: the thumbprint of the key that signs.
    func prepareKeys() throws(StationFailure) -> KeyID {
        try tidyKeys()
        try checkKeys()
        return try activeKey().kid
    }

    /// Every key that is not retired must have its own private half here: whatever the ledger calls
    /// a key goes out in bundles, and customers believe it.
    private func checkKeys() throws(StationFailure) {
        let store = KeyStore(station: folder)
        for key in try fromLedger({ ledger throws(LedgerError) in try ledger.keys() }) {
            guard KeyID(of: key.publicKey) == key.kid else {
                throw StationFailure(
                    .inputOutput,
                    "\(folder.ledger): the key \(key.kid) has another public half there than its "
                        + "name says: restore the ledger from a backup")
            }
            if key.state != .retired { try store.check(key.kid) }
        }
    }

    /// With a clock that lies before the newest entry, dates would be wrong and ids
    /// out of order.
    ///
    /// - Returns: the ledger's newest time, where the clock lies before it and the operator says
    ///   that this clock is the right one.
    func checkClock(
        _ now: Timestamp, isAccepted: Bool
    ) throws(StationFailure) -> Timestamp? {
        let newest = try fromLedger { ledger throws(LedgerError) in try ledger.newestTime() }
        guard let newest, now < newest else { return nil }
        if isAccepted { return newest }
        throw StationFailure(
            .tryAgain,
            "the system's clock says \(now), which lies before the ledger's newest entry of "
                + "\(newest): mend the clock, or, if that entry is wrong, run once with "
                + "--accept-clock")
    }
}
