import CalendarTime
import Ledger

/// What bundles tell of a fork of the log.
struct ForkNote {
    let text: String

    /// `nil` where the log up to this size has not been forked.
    init?(upTo size: Int64, of station: OpenStation) throws(StationFailure) {
        let (origins, forks) = try station.fromLedger { ledger throws(LedgerError) in
            (try ledger.logOrigins(), try ledger.stationEvents(.forked))
        }
        // The first origin has come without a fork.
        let later = zip(origins.dropFirst(), forks).filter { $0.0.firstEntry < size }
        guard let (origin, fork) = later.last,
            let before = origins.last(where: { $0.firstEntry < origin.firstEntry })
                ?? origins.first
        else { return nil }
        text =
            "The vendor's log was begun anew on \(fork.time.dateOnly) after entry "
            + "\(origin.firstEntry), as \(origin.origin): \(fork.reason). Checkpoints from before "
            + "have the origin \(before.origin)."
    }
}
