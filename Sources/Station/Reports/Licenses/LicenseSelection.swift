package import CalendarTime
import Ledger

/// Which licenses a command is about.
package struct LicenseSelection: Sendable {
    package enum Standing: Sendable {
        case any, expired, deleted
        /// Live and not over, with a term that ends within so many days, or has ended and is in grace.
        /// With `ended`, also what was over no more than so many days ago.
        case expiring(days: Int64, ended: Int64 = 0)
        /// Live, with a term that ends not before the one time and not after the other.
        case ending(from: Timestamp?, to: Timestamp?)
    }

    package var customer: String?
    /// With `*`, `?`, `[a-z]` and `[!a-z]`.
    package var namePattern: String?
    /// Somebody who signed a drop that created or changed the license.
    package var signer: String?
    package var product: String?
    package var plan: String?
    /// The key that signed the token, or the beginning of its name.
    package var key: String?
    package var requestID: String?
    package var standing: Standing

    package init(
        customer: String? = nil, namePattern: String? = nil, signer: String? = nil,
        product: String? = nil, plan: String? = nil, key: String? = nil, requestID: String? = nil,
        standing: Standing = .any
    ) {
        self.customer = customer
        self.namePattern = namePattern
        self.signer = signer
        self.product = product
        self.plan = plan
        self.key = key
        self.requestID = requestID
        self.standing = standing
    }

    fileprivate func filter(at now: Timestamp) -> LicenseFilter {
        LicenseFilter(
            customer: customer,
            // SQLite negates with a circumflex, the shell with an exclamation mark.
            namePattern: namePattern?.replacing("[!", with: "[^"),
            signer: signer, product: product, plan: plan, key: key, requestID: requestID,
            standing: standing.filter(at: now))
    }
}

extension LicenseSelection.Standing {
    fileprivate func filter(at now: Timestamp) -> LicenseFilter.Standing {
        switch self {
        case .any: .any
        case .deleted: .deleted
        case .expired: .ending(after: nil, until: now)
        case .ending(let start, let end):
            .ending(after: start.flatMap { $0.adding(seconds: -1) }, until: end ?? .latest)
        case .expiring(let days, let ended):
            .due(
                at: now, endedAfter: now.adding(days: -ended) ?? .earliest,
                until: now.adding(days: days) ?? .latest)
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
