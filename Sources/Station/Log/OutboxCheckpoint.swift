import Bundles
import DurableFiles
import Failures
import Ledger
import SystemPackage
import TransparencyLog

/// The file in the outbox that has the log's newest signed head. By it a station notices that its
/// ledger is older than what it has issued.
struct OutboxCheckpoint {
    static let name = FileName("checkpoint")
    /// Far above what a head with many cosignatures has.
    static let maximumByteCount = 1 << 20

    private let station: OpenStation
    private let outbox: FilePath
    private var path: FilePath { outbox.appending("\(Self.name)") }

    init(of station: OpenStation) {
        self.station = station
        outbox = station.folder.resolve(station.configuration.outbox)
    }

    /// Refuses to go on where the outbox shows that the ledger does not know all that was issued.
    func refuseIfLedgerIsOlder() throws(StationFailure) {
        let (head, isRestored, last) = try station.fromLedger { ledger throws(LedgerError) in
            let head = try ledger.newestHead()
            return (
                try head.map { head throws(LedgerError) in try ledger.note(of: head) },
                try head.map { head throws(LedgerError) in
                    try ledger.wasRestored(afterEntry: head.size)
                } ?? false,
                try ledger.lastRunNumber()
            )
        }
        let found = try read()
        // Who restores a backup may have put back the checkpoint of that time too.
        if let found, found == head, !isRestored { return }
        if let found { try refuseUnlessKnown(found) }
        // Somebody may have taken the newest one away: the bundles tell too.
        if let bundle = try OutboxSearch(station, outbox).bundle(ofRunAfter: last) {
            throw olderLedger("\(bundle): this bundle is of a run that the ledger does not know")
        }
    }

    /// Refuses a checkpoint that the ledger does not know.
    func refuseUnlessKnown() throws(StationFailure) {
        if let found = try read() { try refuseUnlessKnown(found) }
    }

    private func refuseUnlessKnown(_ found: [UInt8]) throws(StationFailure) {
        // A fork knows what it has left behind, and may have been cut off before it could replace it.
        let origins = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.logOrigins()
        }
        guard !origins.contains(where: { $0.lostCheckpoint == found }) else { return }
        let signed: SignedCheckpoint
        do throws(CheckpointError) {
            signed = try SignedCheckpoint(parsing: found)
        } catch {
            throw foreign("not a checkpoint of this station's log (\(error))")
        }
        let issuer = station.configuration.issuer
        let first = try station.fromLedger { ledger throws(LedgerError) in
            if let first = origins.first { return first.origin }
            return try ledger.firstLogOrigin(issuer: issuer)
        }
        let name = signed.checkpoint.origin
        guard name == first || name.hasPrefix(first + LogFork.nameStart) else {
            throw foreign("a checkpoint of another log, \(name)")
        }
        guard case .unknown(let reason) = try CheckpointHistory(of: station).judge(signed) else {
            return
        }
        throw olderLedger("\(path): the checkpoint \(reason)")
    }

    private func foreign(_ what: String) -> StationFailure {
        StationFailure(
            .configuration,
            "\(path): \(what): find out who has put it there, move it away, and run again")
    }

    private func olderLedger(_ what: String) -> StationFailure {
        StationFailure(
            .configuration,
            "\(what): \(station.folder.ledger) is older than what was issued, or another station's: "
                + "put the newest ledger back; after a real loss, 'coldmint log fork' is the way on"
        )
    }

    /// Puts the newest head into the outbox, unless it is there. Returns once it is durable.
    func update() throws(StationFailure) {
        guard let note = try newestNote(), try read() != note else { return }
        do throws(FileSystemError) {
            let folder = try Folder(opening: outbox)
            let draft = try DraftFile(for: Self.name, in: folder)
            try draft.write(note)
            try draft.publishReplacing(in: folder)
            try folder.sync()
        } catch {
            throw StationFailure(error)
        }
    }

    /// The newest head with its cosignatures; `nil` before the first one.
    private func newestNote() throws(StationFailure) -> [UInt8]? {
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.newestHead().map { head throws(LedgerError) in try ledger.note(of: head) }
        }
    }

    /// What lies there; `nil` where nothing does.
    func read() throws(StationFailure) -> [UInt8]? {
        do throws(FileSystemError) {
            return try ReadableFile.regular(at: path).read(upTo: Self.maximumByteCount)
        } catch {
            if error.isMissing { return nil }
            // A folder, a pipe, a link, or another user's file.
            let strange: [Errno] = [
                .invalidArgument, .tooManySymbolicLinkLevels, .permissionDenied, .isDirectory,
                .noSuchAddressOrDevice,
            ]
            throw strange.contains(error.errno)
                ? foreign("not the file that a run puts there (\(error))") : StationFailure(error)
        }
    }
}
