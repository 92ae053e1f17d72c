package import CalendarTime
import Foundation
import Ledger
import LicenseRequest
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
    /// Calls `body` with a renewal for each live license that is due, the first to end first. Nothing
    /// is issued. A renewal that was issued already is known by the license that it follows; one from
    /// before requests could say so by its name, which follows from the old one.
    package func forEachRenewal(
        of due: DueLicenses, by rule: RenewalRule, at now: Timestamp,
        _ body: (Renewal) throws(StationFailure) -> Void
    ) throws(StationFailure) -> RenewalReport {
        var report = RenewalReport()
        var names: Set<String> = []
        let products = try folder.readProducts(configuration)
        let selection = LicenseSelection(
            customer: due.customer, standing: .expiring(days: due.within, ended: due.ended))
        try forEachLicense(selection, at: now) { license throws(StationFailure) in
            let maximum = license.origin.product.flatMap { products.product(named: $0.name) }?
                .term.maximum
            guard let end = license.term.expiresAt,
                let next = rule.term(after: license.term, atMost: maximum, at: now)
            else {
                report.beyondYear9999 += 1
                return true
            }
            if try isRenewed(license, as: license.names(.from(end))) {
                report.skipped += 1
            } else {
                let payload = try payload(of: license)
                let name = try freeName(for: license, rule.naming(of: next), besides: names)
                try body(
                    Renewal(predecessor: license, name: name, term: next, payload: payload))
                names.insert(name)
                report.renewed += 1
            }
            return true
        }
        return report
    }

    /// - Parameter names: which of them a renewal had before requests could say what they follow.
    private func isRenewed(
        _ license: LicenseView, as names: [String]
    ) throws(StationFailure) -> Bool {
        try fromLedger { ledger throws(LedgerError) in
            try ledger.withReader { reader throws(LedgerError) in
                if try reader.successors(of: license.id).contains(where: \.isLive) { return true }
                for name in names {
                    guard let other = try reader.liveLicense(named: name) else { continue }
                    if other.license.customer == license.customer, other.id != license.id,
                        other.license.origin.supersedes == nil
                    {
                        return true
                    }
                }
                return false
            }
        }
    }

    /// A name that no live license and no other renewal has: two licenses that were called the same but
    /// for their terms cannot share one.
    private func freeName(
        for license: LicenseView, _ naming: TermNaming, besides names: Set<String>
    ) throws(StationFailure) -> String {
        let candidates = license.names(naming)
        let numbered = (2...99).map { license.name(naming, number: $0) }
        for name in candidates + numbered where !names.contains(name) {
            let isTaken = try fromLedger { ledger throws(LedgerError) in
                try ledger.withReader { reader throws(LedgerError) in
                    try reader.liveLicenseID(named: name) != nil
                }
            }
            if !isTaken { return name }
        }
        return candidates[0]
    }
}

extension LicenseView {
    private static let nameLimit = 200

    /// `Acme production` is followed by `Acme production, until 2028-12-01`, and that by
    /// `Acme production, until 2029-12-01`. The second choice keeps all of the old name.
    fileprivate func names(_ naming: TermNaming) -> [String] {
        [TermNaming.commonName(of: name), name].map { Self.name($0, followedBy: naming.suffix) }
    }

    /// `Acme production (2), until 2028-12-01`
    fileprivate func name(_ naming: TermNaming, number: Int) -> String {
        let base = TermNaming.commonName(of: name)
        return Self.name(base, followedBy: " (\(number))\(naming.suffix)")
    }

    private static func name(_ base: String, followedBy suffix: String) -> String {
        let room = nameLimit - suffix.unicodeScalars.count
        var base = String.UnicodeScalarView(base.unicodeScalars.prefix(room))
        while base.last?.properties.isWhitespace == true { base.removeLast() }
        return String(base) + suffix
    }
}
