import DurableFiles
import Failures
import Ledger
import SystemPackage
import TransparencyLog

/// What can be seen in the outbox of a history that the ledger has lost.
struct LostHistory {
    /// A checkpoint of this station's that the ledger does not know.
    struct Checkpoint {
        let note: [UInt8]
        /// Its number of entries.
        let size: Int64
        /// Where it is of a fork that the ledger does not know either, the first run after that.
        let firstRunOfFork: Int64?
    }

    let checkpoint: Checkpoint?
    /// The highest run of a bundle of this station's, where it is above the ledger's last one.
    let bundle: (path: FilePath, run: Int64)?

    init(of station: OpenStation) throws(StationFailure) {
        let outbox = OutboxCheckpoint(of: station)
        checkpoint =
            if let note = try outbox.read() { try Self.lostCheckpoint(note, station) } else { nil }
        let last = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.lastRunNumber()
        }
        let folder = station.folder.resolve(station.configuration.outbox)
        bundle = try OutboxSearch(station, folder).newestBundle(after: last)
    }

    var isEmpty: Bool { checkpoint == nil && bundle == nil }

    /// `nil` for what the ledger knows, what was lost before an earlier fork, and what no key of the
    /// station has signed: whoever can write to the outbox could have made that.
    private static func lostCheckpoint(
        _ note: [UInt8], _ station: OpenStation
    ) throws(StationFailure) -> Checkpoint? {
        // What is wrong with a file that is no checkpoint is thrown away: it says nothing of a loss.
        guard let signed = try? SignedCheckpoint(parsing: note) else { return nil }
        let name = signed.checkpoint.origin
        let current = try station.currentLogOrigin()
        let known = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.logOrigins().map(\.origin)
        }
        let isForked = name.hasPrefix("\(known.first ?? current)\(LogFork.nameStart)")
        guard name == current || isForked && !known.contains(name) else { return nil }
        let isOwn = try station.keys().contains { key in
            // What is wrong with a name is thrown away: no key has it, and so it was signed by none.
            (try? NoteVerifier(name: name, key: key.publicKey)).map(signed.isSigned) ?? false
        }
        guard isOwn else { return nil }
        switch try CheckpointHistory(of: station).judge(signed) {
        case .known: return nil
        case .unknown:
            return Checkpoint(
                note: note, size: signed.checkpoint.size,
                firstRunOfFork: name == current ? nil : LogFork.firstRun(afterForkNamed: name))
        }
    }
}
