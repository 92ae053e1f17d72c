package import CalendarTime
import Foundation
import Ledger
package import LicenseToken
package import StrictJSON

/// A license that is about to end, and what would follow it.
package struct Renewal: Sendable {
    package let predecessor: LicenseView
    package let name: String
    package let term: LicenseTerm
    package let payload: OrderedJSON
}

/// What came of looking for renewals.
package struct RenewalReport: Sendable {
    package internal(set) var renewed = 0
    /// Licenses whose renewal has been issued already.
    package internal(set) var skipped = 0
    /// Licenses whose next term would end after the year 9999.
    package internal(set) var beyondYear9999 = 0
}

extension OpenStation {
    /// Calls `body` with a renewal for each live license that ends within so many days, the first
    /// to end first. Nothing is issued. A renewal that was issued already is known by the license that
    /// it follows; one from before requests could say so by its name, which follows from the old one.
    package func forEachRenewal(
        withinDays days: Int64, customer: String?, extendedBy period: Period, at now: Timestamp,
        _ body: (Renewal) throws(StationFailure) -> Void
    ) throws(StationFailure) -> RenewalReport {
        var report = RenewalReport()
        var names: Set<String> = []
        let selection = LicenseSelection(customer: customer, standing: .expiring(days: days))
        try forEachLicense(selection, at: now) { license throws(StationFailure) in
            // Two licenses that were called the same but for their terms cannot share a name.
            guard let end = license.term.expiresAt else { return true }
            let name = license.names(ofTermFrom: end).first { !names.contains($0) } ?? license.name
            if try isRenewed(license, as: name) {
                report.skipped += 1
            } else if let next = license.term.next(for: period) {
                let payload = try payload(of: license)
                try body(
                    Renewal(predecessor: license, name: name, term: next, payload: payload))
                names.insert(name)
                report.renewed += 1
            } else {
                report.beyondYear9999 += 1
            }
            return true
        }
        return report
    }

    private func isRenewed(
        _ license: LicenseView, as name: String
    ) throws(StationFailure) -> Bool {
        try fromLedger { ledger throws(LedgerError) in
            try ledger.withReader { reader throws(LedgerError) in
                if try reader.successors(of: license.id).contains(where: \.isLive) { return true }
                return try reader.liveLicense(named: name) != nil
            }
        }
    }
}

extension LicenseTerm {
    /// What joins on to it without a gap; `nil` where that ends after the year 9999.
    fileprivate func next(for period: Period) -> LicenseTerm? {
        guard let start = expiresAt, let end = start.adding(period) else { return nil }
        return LicenseTerm(
            notBefore: start, expiresAt: end, graceDays: graceDays, noticeDays: noticeDays,
            maintainedUntil: maintainedUntil.map { $0.adding(period) ?? .latest })
    }
}

extension LicenseView {
    private static let nameLimit = 200
    private static let marker = ", from "

    /// `Acme production` is followed by `Acme production, from 2027-12-01`, and that by
    /// `Acme production, from 2028-12-01`: the day on which the term begins. The second choice
    /// keeps all of the old name.
    fileprivate func names(ofTermFrom start: Timestamp) -> [String] {
        let suffix = Self.marker + start.dateOnly
        let room = Self.nameLimit - suffix.unicodeScalars.count
        return [withoutMarker, name].map { base in
            var base = String.UnicodeScalarView(base.unicodeScalars.prefix(room))
            while base.last?.properties.isWhitespace == true { base.removeLast() }
            return String(base) + suffix
        }
    }

    private var withoutMarker: String {
        // Why the rest is no date is thrown away: then it is part of the name.
        guard
            let marker = name.range(of: Self.marker, options: .backwards),
            (try? Timestamp(parsing: String(name[marker.upperBound...]))) != nil
        else { return name }
        return String(name[..<marker.lowerBound])
    }
}
