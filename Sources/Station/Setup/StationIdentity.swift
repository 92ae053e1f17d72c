import CalendarTime
import Failures
import Ledger
import LicenseToken

/// What tells one station from every other, wherever it lies: its first key and when it got that.
struct StationIdentity: Equatable {
    let text: String

    init(firstKey kid: KeyID, at time: Timestamp) {
        text = "\(kid) \(time.secondsSinceEpoch)"
    }

    init(text: String) {
        self.text = text
    }
}

extension OpenStation {
    func identity() throws(StationFailure) -> StationIdentity {
        let events = try fromLedger { ledger throws(LedgerError) in try ledger.keyEvents() }
        guard let first = events.first else {
            throw StationFailure(.inputOutput, "\(folder.ledger): there is no key in it")
        }
        return StationIdentity(firstKey: first.kid, at: first.time)
    }
}
