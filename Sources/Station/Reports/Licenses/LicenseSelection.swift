package import CalendarTime
import Ledger

/// Which licenses a command is about.
package struct LicenseSelection: Sendable {
    package enum Standing: Sendable {
        case any, expired, deleted
        /// Live, valid or not yet, with a term that ends within so many days.
        case expiring(days: Int64)
    }

    package var customer: String?
    /// With `*`, `?`, `[a-z]` and `[!a-z]`.
    package var namePattern: String?
    /// Somebody who signed a drop that created or changed the license.
    package var signer: String?
    package var standing: Standing

    package init(
        customer: String? = nil, namePattern: String? = nil, signer: String? = nil,
        standing: Standing = .any
    ) {
        self.customer = customer
        self.namePattern = namePattern
        self.signer = signer
        self.standing = standing
    }

    fileprivate func filter(at now: Timestamp) -> LicenseFilter {
        LicenseFilter(
            customer: customer,
            // SQLite negates with a circumflex, the shell with an exclamation mark.
            namePattern: namePattern?.replacing("[!", with: "[^"),
            signer: signer, standing: standing.filter(at: now))
    }
}

extension LicenseSelection.Standing {
    fileprivate func filter(at now: Timestamp) -> LicenseFilter.Standing {
        switch self {
        case .any: .any
        case .deleted: .deleted
        case .expired: .ending(after: nil, until: now)
        case .expiring(let days):
            .ending(after: now, until: now.adding(days: days) ?? .latest)
        }
    }
}

extension OpenStation {
    /// Calls `body` with each license that is meant, without holding them all: oldest first, or
    /// the first to expire first where it is about that. It ends where `body` says false.
    package func forEachLicense(
        _ selection: LicenseSelection, at now: Timestamp,
        _ body: (LicenseView) throws(StationFailure) -> Bool
    ) throws(StationFailure) {
        var failure: StationFailure?
        try fromLedger { ledger throws(LedgerError) in
            try ledger.forEachLicense(selection.filter(at: now)) { license in
                do throws(StationFailure) {
                    return try body(LicenseView(license))
                } catch {
                    failure = error
                    return false
                }
            }
        }
        if let failure { throw failure }
    }
}
