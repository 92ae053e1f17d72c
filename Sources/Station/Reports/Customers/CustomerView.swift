import Bundles
package import CalendarTime
import Failures
import Ledger

/// What a customer has, in numbers.
package struct CustomerView: Sendable {
    package let customer: String
    package let counts: StandingCounts
    /// When the first license was issued to them.
    package let since: Timestamp
    /// The next time at which the term of a live license ends, or has ended where it is in grace; `nil`
    /// where none does.
    package let nextEnd: Timestamp?

    init(_ record: CustomerRecord) {
        customer = record.customer
        counts = StandingCounts(record.counts)
        since = record.since
        nextEnd = record.nextEnd
    }
}

/// What a customer got, and when.
package struct CustomerDetails: Sendable {
    package struct Bundle: Sendable {
        /// In the outbox.
        package let path: String
        package let run: Int64
        package let time: Timestamp
        package let licenseCount: Int64
    }

    package let customer: CustomerView
    /// The oldest first.
    package let bundles: [Bundle]
}

extension OpenStation {
    /// Calls `body` with every customer, by their names.
    package func forEachCustomer(
        at now: Timestamp, _ body: (CustomerView) throws(StationFailure) -> Void
    ) throws(StationFailure) {
        var failure: StationFailure?
        try fromLedger { ledger throws(LedgerError) in
            try ledger.forEachCustomer(at: now) { record in
                do throws(StationFailure) {
                    try body(CustomerView(record))
                    return true
                } catch {
                    failure = error
                    return false
                }
            }
        }
        if let failure { throw failure }
    }

    /// The customer of this name. Their licenses are to be had from `forEachLicense`.
    package func customer(
        _ name: String, at now: Timestamp
    ) throws(StationFailure) -> CustomerDetails {
        var found: CustomerRecord?
        let bundles = try fromLedger { ledger throws(LedgerError) in
            try ledger.forEachCustomer(name, at: now) { record in
                found = record
                return false
            }
            return try ledger.bundles(ofCustomer: name)
        }
        guard let found else {
            throw StationFailure(
                .noInput,
                "there is no customer '\(name)': 'coldmint customers list' shows all")
        }
        return CustomerDetails(
            customer: CustomerView(found),
            bundles: bundles.map { bundle in
                CustomerDetails.Bundle(
                    path: BundleName(customer: name, run: bundle.run).path, run: bundle.run,
                    time: bundle.time, licenseCount: bundle.licenseCount)
            })
    }
}
