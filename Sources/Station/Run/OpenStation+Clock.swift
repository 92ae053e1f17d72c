import CalendarTime
import Failures
import Ledger

extension OpenStation {
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
