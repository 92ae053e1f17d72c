import Failures
import Ledger
import TransparencyLog

/// Tells whether a checkpoint speaks of this ledger's log, as it is or as it was.
struct CheckpointHistory {
    /// What a checkpoint is to this ledger.
    enum Judgement {
        case known
        /// Why it is not, in words that follow "the checkpoint".
        case unknown(String)
    }

    private let station: OpenStation
    private let origins: [LogOriginRecord]
    private let verifiers: [NoteVerifier]

    init(of station: OpenStation) throws(StationFailure) {
        self.station = station
        let issuer = station.configuration.issuer
        let (origins, first, keys) = try station.fromLedger { ledger throws(LedgerError) in
            (
                try ledger.logOrigins(), try ledger.firstLogOrigin(issuer: issuer),
                try ledger.keys()
            )
        }
        self.origins = origins
        let names = origins.isEmpty ? [first] : origins.map(\.origin)
        do throws(NoteError) {
            var verifiers: [NoteVerifier] = []
            for name in names {
                for key in keys {
                    verifiers.append(
                        try NoteVerifier(name: name, algorithm: .ed25519, key: key.publicKey))
                }
            }
            self.verifiers = verifiers
        } catch {
            throw StationFailure(.inputOutput, "\(station.folder.ledger): \(error)")
        }
    }

    func judge(_ signed: SignedCheckpoint) throws(StationFailure) -> Judgement {
        let checkpoint = signed.checkpoint
        let own = verifiers.filter { $0.name == checkpoint.origin }
        guard !own.isEmpty else {
            return .unknown("is of another log, \(checkpoint.origin)")
        }
        guard own.contains(where: signed.isSigned) else {
            return .unknown("is signed by a key that this ledger does not know")
        }
        if let next = origins.drop(while: { $0.origin != checkpoint.origin }).dropFirst().first,
            checkpoint.size > next.firstEntry
        {
            return .unknown(
                "is of the history that was lost before the fork at entry \(next.firstEntry)")
        }
        let size = try station.fromLedger { ledger throws(LedgerError) in try ledger.logSize() }
        guard checkpoint.size <= size else {
            return .unknown("has \(checkpoint.size) entries, and this ledger's log only \(size)")
        }
        let root = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.withLogTree {
                tree throws(TreeError<LedgerError.Reason>) in
                try tree.root(ofSize: checkpoint.size)
            }
        }
        return root == checkpoint.root
            ? .known
            : .unknown(
                "has other entries among the first \(checkpoint.size) than this ledger's log")
    }
}
