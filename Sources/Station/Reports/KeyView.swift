package import CalendarTime
import Failures
import Ledger
package import LicenseToken
package import Signatures

/// A key as the vendor sees it.
package struct KeyView: Sendable {
    package enum State: String, Sendable {
        case active, standby, retired
    }

    package struct Event: Sendable {
        /// `generated`, `imported`, `activated`, `deactivated` or `retired`.
        package let name: String
        package let time: Timestamp
    }

    package let kid: KeyID
    package let state: State
    package let createdAt: Timestamp
    /// SHA-256 of the public half as SPKI, as bundles and `verify` show it.
    package let fingerprint: String
    /// The same for two people on the telephone.
    package let spokenFingerprint: String
    /// What was done with the key, in order.
    package let history: [Event]
    /// Since when the key has been in its state.
    package var stateSince: Timestamp { history.last?.time ?? createdAt }
    package let publicKey: VerificationKey
    /// How many customers have a bundle with the key, and of how many, where that was asked.
    package let reach: Reach?

    package struct Reach: Sendable {
        package let reached: Int
        /// Those with a license that is not over.
        package let customers: Int
    }

    fileprivate init(_ record: KeyRecord, _ events: [KeyEventRecord], _ reach: KeyReach?) {
        kid = record.kid
        state = State(record.state)
        createdAt = record.createdAt
        fingerprint = PublicKeyPEM.fingerprint(record.publicKey).description
        spokenFingerprint = SpokenFingerprint.text(of: PublicKeyPEM.fingerprint(record.publicKey))
        history = events.filter { $0.kid == record.kid }
            .map { Event(name: $0.kind.rawValue, time: $0.time) }
        publicKey = record.publicKey
        self.reach = reach.map {
            Reach(reached: $0.reached[record.kid] ?? 0, customers: $0.customers)
        }
    }
}

extension KeyView.State {
    fileprivate init(_ state: KeyRecord.State) {
        self =
            switch state {
            case .active: .active
            case .standby: .standby
            case .retired: .retired
            }
    }
}

extension OpenStation {
    /// Every key there has been, oldest first.
    ///
    /// - Parameter now: where it is to be said how many customers have which.
    package func keyViews(
        countingCustomersAt now: Timestamp? = nil
    ) throws(StationFailure) -> [KeyView] {
        let (records, events, reach) = try fromLedger { ledger throws(LedgerError) in
            (
                try ledger.keys(), try ledger.keyEvents(),
                try now.map { now throws(LedgerError) in try ledger.keyReach(at: now) }
            )
        }
        return records.map { KeyView($0, events, reach) }
    }

    /// The key whose thumbprint begins so, where there is one such; the active key for `nil`.
    package func keyView(_ beginning: String?) throws(StationFailure) -> KeyView {
        let views = try keyViews()
        let found = views.filter {
            beginning.map($0.kid.description.hasPrefix)
                ?? ($0.state == .active)
        }
        guard let key = found.first else {
            throw StationFailure(
                .noInput,
                "there is no key '\(beginning ?? "active")': 'coldmint keys list' shows all")
        }
        guard found.count == 1 else {
            throw StationFailure(
                .usage, "'\(beginning ?? "")' is the beginning of \(found.count) keys: write more")
        }
        return key
    }
}
