import CalendarTime
import DurableFiles
import Ledger
import LicenseToken
import Signing
import Spool
import SystemPackage

/// A station with its configuration and ledger, for commands that only look.
package struct OpenStation: Sendable {
    package let folder: StationFolder
    package let configuration: Configuration
    let ledger: Ledger

    package init(_ folder: StationFolder) throws(StationFailure) {
        try self.init(folder, configuration: try folder.readConfiguration())
    }

    init(_ folder: StationFolder, configuration: Configuration) throws(StationFailure) {
        self.folder = folder
        self.configuration = configuration
        do throws(FileSystemError) {
            _ = try ReadableFile.regular(at: folder.ledger)
        } catch {
            throw StationFailure(
                .configuration,
                "\(folder.ledger): the ledger is missing or cannot be read: restore it from a "
                    + "backup, or run coldmint as the station's user", cause: .fileSystem(error))
        }
        do throws(LedgerError) {
            ledger = try Ledger(opening: folder.ledger.string)
        } catch {
            throw StationFailure(error)
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

    /// Promise 7: with a clock that lies before the newest entry, dates would be wrong and ids
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
