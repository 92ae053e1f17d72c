package import CalendarTime
import LicenseToken

/// Which licenses are to be renewed.
package struct DueLicenses: Sendable {
    /// Days in which the term ends.
    package let within: Int64
    /// Days since which it may have ended.
    package let ended: Int64
    package let customer: String?

    package init(within: Int64, ended: Int64, customer: String?) {
        self.within = within
        self.ended = ended
        self.customer = customer
    }
}

/// What term a renewal has.
package struct RenewalRule: Sendable {
    /// How long it lasts after the end of the present term.
    let period: Period
    /// Whether it begins only where the present term ends, and not at once.
    let beginsAtEnd: Bool

    package init(period: Period, beginsAtEnd: Bool) {
        self.period = period
        self.beginsAtEnd = beginsAtEnd
    }

    /// A term that overlaps with the present one, so that the token can be swapped on any day; where
    /// the product is not sold for so long, one that joins on and is no longer than it may be. `nil` where
    /// it ends after the year 9999.
    func term(
        after present: LicenseTerm, atMost maximum: Period?, at now: Timestamp
    ) -> LicenseTerm? {
        guard let presentEnd = present.expiresAt, let regularEnd = presentEnd.adding(period) else {
            return nil
        }
        let today = max(now.startOfDay, present.notBefore)
        func latestEnd(from start: Timestamp) -> Timestamp {
            maximum.map { start.adding($0) ?? .latest } ?? .latest
        }
        if !beginsAtEnd, regularEnd > now, regularEnd <= latestEnd(from: today) {
            return term(from: today, to: regularEnd, like: present)
        }
        let joinedEnd = min(regularEnd, latestEnd(from: presentEnd))
        if joinedEnd > now { return term(from: presentEnd, to: joinedEnd, like: present) }
        // What ended longer ago than the new term lasts is begun anew.
        return today.adding(period).map {
            term(from: today, to: min($0, latestEnd(from: today)), like: present)
        }
    }

    private func term(
        from start: Timestamp, to end: Timestamp, like present: LicenseTerm
    ) -> LicenseTerm {
        LicenseTerm(
            notBefore: start, expiresAt: end, graceDays: present.graceDays,
            noticeDays: present.noticeDays,
            maintainedUntil: present.maintainedUntil.map { $0.adding(period) ?? .latest })
    }

    func naming(of term: LicenseTerm) -> TermNaming {
        beginsAtEnd ? .from(term.notBefore) : .until(term.expiresAt ?? .latest)
    }
}
