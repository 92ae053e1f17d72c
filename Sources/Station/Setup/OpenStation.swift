import Bundles
import CalendarTime
import DurableFiles
import Failures
import Ledger
import LicenseToken
import Signatures
import SystemPackage

/// A station with its configuration and its open ledger.
package struct OpenStation: Sendable {
    package let folder: StationFolder
    package let configuration: Configuration
    let ledger: Ledger
    /// How bundles look to customers; a run adds the vendor's picture, as it finds it.
    var presentation: Presentation

    /// For commands that only look: nothing is written to the station. A ledger of an earlier
    /// version is brought up to date in memory only.
    package init(_ folder: StationFolder) throws(StationFailure) {
        let configuration = try folder.readConfiguration()
        try Self.refuseUnlessThere(folder)
        let ledger = try Self.asking { () throws(LedgerError) in
            try Ledger.forLooking(at: folder.ledger.string)
        }
        self.init(folder: folder, configuration: configuration, ledger: ledger)
    }

    /// For whoever changes the station, and has its lock.
    ///
    /// - Parameter kept: where the ledger is open already, or is to be kept open.
    init(
        _ folder: StationFolder, configuration: Configuration, with lock: borrowing StationLock,
        kept: KeptLedger = KeptLedger(), _ environment: SystemEnvironment
    ) throws(StationFailure) {
        try Self.refuseUnlessThere(folder)
        let ledger = try kept.ledger(at: folder.ledger) { () throws(StationFailure) in
            try Self.asking { () throws(LedgerError) in
                try Ledger(opening: folder.ledger.string)
            }
        }
        let isUpToDate = try Self.asking { () throws(LedgerError) in try ledger.isUpToDate() }
        if !isUpToDate {
            let (time, seed) = (
                try environment.now(), try environment.randomBytes(HeadSigner.seedByteCount)
            )
            try Self.asking { () throws(LedgerError) in
                try ledger.bringUpToDate(at: time, seed: seed)
            }
        }
        self.init(folder: folder, configuration: configuration, ledger: ledger)
    }

    private init(folder: StationFolder, configuration: Configuration, ledger: Ledger) {
        self.folder = folder
        self.configuration = configuration
        self.ledger = ledger
        presentation = configuration.presentation(with: nil)
    }

    static func refuseUnlessThere(_ folder: StationFolder) throws(StationFailure) {
        do throws(FileSystemError) {
            _ = try ReadableFile.regular(at: folder.ledger)
        } catch {
            throw StationFailure(
                .configuration,
                "\(folder.ledger): the ledger is missing or cannot be read: restore it from a "
                    + "backup, or run coldmint as the station's user", cause: .fileSystem(error))
        }
    }
}
