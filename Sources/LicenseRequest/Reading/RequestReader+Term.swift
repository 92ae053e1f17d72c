import CalendarTime
import LicenseToken
import StrictJSON

extension RequestReader {
    /// When the license is to hold, as the request says, or else its product.
    func term(_ named: NamedProduct, _ problems: inout ProblemList) -> LicenseTerm? {
        let found = problems.problems.count
        let rules = named.product?.term ?? TermRules()
        let today = self.rules.now.startOfDay
        let notBefore = date("notBefore", &problems) ?? today
        let maintainedUntil = date("maintainedUntil", &problems)
        let graceDays = days("graceDays", &problems)
        let noticeDays = days("noticeDays", &problems)
        guard problems.problems.count == found else { return nil }
        if member("expiresAt")?.string == TermRules.never {
            checkPerpetual(named, &problems)
            guard problems.problems.count == found else { return nil }
            return LicenseTerm(
                notBefore: notBefore, expiresAt: nil, maintainedUntil: maintainedUntil)
        }
        guard let end = end(rules, from: notBefore, today, &problems) else { return nil }
        let term = LicenseTerm(
            notBefore: notBefore, expiresAt: end, graceDays: graceDays ?? rules.graceDays,
            noticeDays: noticeDays ?? rules.noticeDays, maintainedUntil: maintainedUntil)
        checkOrder(term, end, &problems)
        checkLength(rules, notBefore, end, &problems)
        checkGrace(term, end, rules, &problems)
        return problems.problems.count == found ? term : nil
    }

    // MARK: - Members

    /// `nil` also where it is at fault.
    private func date(_ name: String, _ problems: inout ProblemList) -> Timestamp? {
        guard let value = member(name) else { return nil }
        guard let text = value.string else {
            problems.add(
                .wrongType, at: pointer.appending(member: name), value,
                "\(name) must be a string: \(DateError.malformed)")
            return nil
        }
        do throws(DateError) {
            return try Timestamp(parsing: text)
        } catch {
            problems.add(.invalidDate, at: pointer.appending(member: name), value, "\(error)")
            return nil
        }
    }

    /// `nil` also where it is at fault.
    private func days(_ name: String, _ problems: inout ProblemList) -> Int? {
        guard let value = member(name) else { return nil }
        let sentence =
            "\(name) must be a whole number of days, 0 to \(LicenseTerm.possibleDays.upperBound)"
        guard value.kind == .number else {
            problems.add(.wrongType, at: pointer.appending(member: name), value, sentence)
            return nil
        }
        guard let count = value.exactNumber?.integer, LicenseTerm.possibleDays.contains(count)
        else {
            problems.add(.invalidValue, at: pointer.appending(member: name), value, sentence)
            return nil
        }
        return count
    }

    /// `nil` where there is none, or it is at fault.
    private func end(
        _ rules: TermRules, from notBefore: Timestamp, _ today: Timestamp,
        _ problems: inout ProblemList
    ) -> Timestamp? {
        guard let value = member("expiresAt") else {
            let end = rules.standard.map { notBefore.adding($0) } ?? today.oneYearLater
            if end == nil { missing("expiresAt", &problems) }
            return end
        }
        guard let date = date("expiresAt", &problems) else { return nil }
        // A date alone has ten characters, and no date with a time has.
        guard rules.endsWithDay, value.string?.utf8.count == 10 else { return date }
        return date.adding(days: 1) ?? .latest
    }

    // MARK: - Rules

    private func checkPerpetual(_ named: NamedProduct, _ problems: inout ProblemList) {
        if let product = named.product, !product.term.allowsPerpetual(rules.allowsPerpetual) {
            refuse(
                "expiresAt",
                "the product '\(product.name)' is not sold without an end: give a date",
                &problems)
        }
        if named.name == nil, !rules.allowsPerpetual {
            refuse(
                "expiresAt",
                "this station issues no licenses without an end: give a date, or set allowPerpetual "
                    + "in station.yaml", &problems)
        }
        for name in ["graceDays", "noticeDays"] where member(name) != nil {
            refuse(name, "a license without an end has none: leave \(name) out", &problems)
        }
    }

    private func refuse(_ name: String, _ message: String, _ problems: inout ProblemList) {
        problems.add(
            .termNotAllowed, at: pointer.appending(member: name), member(name) ?? object, message)
    }

    /// The member that decides on the end.
    private var decisive: String { member("expiresAt") == nil ? "notBefore" : "expiresAt" }

    private func checkOrder(
        _ term: LicenseTerm, _ end: Timestamp, _ problems: inout ProblemList
    ) {
        let value = member(decisive) ?? object
        if end <= term.notBefore {
            problems.add(
                .datesOutOfOrder, at: pointer.appending(member: decisive), value,
                decisive == "notBefore"
                    ? "begins after the default end, \(end): give expiresAt too"
                    : "expiresAt must be later than notBefore, \(term.notBefore)")
        }
        if end <= rules.now {
            problems.add(
                .alreadyExpired, at: pointer.appending(member: decisive), value,
                "\(end) is past: give a date later than now, \(rules.now)")
        }
    }

    /// Where a date means the end of that day, the last day counts whole.
    private func checkLength(
        _ rules: TermRules, _ notBefore: Timestamp, _ end: Timestamp,
        _ problems: inout ProblemList
    ) {
        guard let maximum = rules.maximum, var latest = notBefore.adding(maximum) else { return }
        if rules.endsWithDay { latest = latest.startOfDay.adding(days: 1) ?? .latest }
        guard end > latest else { return }
        refuse(
            decisive,
            "the product is sold for at most \(maximum.words), here until \(latest): give an earlier "
                + "expiresAt", &problems)
    }

    private func checkGrace(
        _ term: LicenseTerm, _ end: Timestamp, _ rules: TermRules, _ problems: inout ProblemList
    ) {
        if let most = rules.graceDays, let days = term.graceDays, days > most {
            refuse(
                "graceDays",
                "the product allows at most \(most) days of grace: write \(most) or less",
                &problems)
        }
        guard let days = term.graceDays, end.adding(days: Int64(days)) == nil else { return }
        problems.add(
            .invalidDate, at: pointer.appending(member: decisive), member(decisive) ?? object,
            "with \(days) days of grace it ends after the year 9999: give an earlier date")
    }
}
