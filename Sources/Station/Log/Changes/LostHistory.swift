import DurableFiles
import Failures
import Ledger
import SystemPackage
import TransparencyLog

/// What can be seen in the outbox of a history that the ledger has lost.
struct LostHistory {
    /// A checkpoint of this station's that the ledger does not know, and its number of entries.
    let checkpoint: (note: [UInt8], size: Int64)?
    /// The highest run of a bundle of this station's, where it is above the ledger's last one.
    let bundle: (path: FilePath, run: Int64)?

    init(of station: OpenStation) throws(StationFailure) {
        let outbox = OutboxCheckpoint(of: station)
        checkpoint =
            if let note = try outbox.read() {
                try Self.size(ofLost: note, station).map { (note, $0) }
            } else { nil }
        let last = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.lastRunNumber()
        }
        let folder = station.folder.resolve(station.configuration.outbox)
        bundle = try OutboxSearch(station, folder).newestBundle(after: last)
    }

    var isEmpty: Bool { checkpoint == nil && bundle == nil }

    /// `nil` for what the ledger knows, what was lost before an earlier fork, and what no key of the
    /// station has signed: whoever can write to the outbox could have made that.
    private static func size(
        ofLost note: [UInt8], _ station: OpenStation
    ) throws(StationFailure) -> Int64? {
        // A file that is no checkpoint says nothing of what was lost.
        guard let signed = try? SignedCheckpoint(parsing: note) else { return nil }
        let name = signed.checkpoint.origin
        let current = try station.currentLogOrigin()
        guard name == current || name.hasPrefix("\(current)\(LogFork.nameStart)") else {
            return nil
        }
        let isOwn = try station.keys().contains { key in
            // A name that no key can have was signed by nobody.
            (try? NoteVerifier(name: name, key: key.publicKey)).map(signed.isSigned) ?? false
        }
        guard isOwn else { return nil }
        switch try CheckpointHistory(of: station).judge(signed) {
        case .known: return nil
        case .unknown: return signed.checkpoint.size
        }
    }
}
