import CalendarTime
import StrictJSON

extension RequestReader {
    func term(
        _ problems: inout ProblemList
    ) -> (notBefore: Timestamp, expiresAt: Timestamp)? {
        let today = rules.now.startOfDay
        guard
            let notBefore = date("notBefore", default: today, &problems),
            let expiresAt = date("expiresAt", default: today.oneYearLater, &problems)
        else { return nil }
        let end = member("expiresAt")
        let decisive = end == nil ? "notBefore" : "expiresAt"
        let value = end ?? member("notBefore") ?? object
        if expiresAt <= notBefore {
            problems.add(
                .datesOutOfOrder, at: pointer.appending(member: decisive), value,
                end == nil
                    ? "begins after the default end, \(expiresAt): give expiresAt too"
                    : "expiresAt must be later than notBefore, \(notBefore)")
        }
        if expiresAt <= rules.now {
            problems.add(
                .alreadyExpired, at: pointer.appending(member: decisive), value,
                "\(expiresAt) is past: give a date later than now, \(rules.now)")
        }
        return (notBefore, expiresAt)
    }

    private func date(
        _ member: String, default fallback: @autoclosure () -> Timestamp?,
        _ problems: inout ProblemList
    ) -> Timestamp? {
        guard let value = self.member(member) else {
            let date = fallback()
            if date == nil { missing(member, &problems) }
            return date
        }
        guard let text = value.string else {
            problems.add(
                .wrongType, at: pointer.appending(member: member), value,
                "\(member) must be a string: \(DateError.malformed)")
            return nil
        }
        do throws(DateError) {
            return try Timestamp(parsing: text)
        } catch {
            problems.add(
                .invalidDate, at: pointer.appending(member: member), value, "\(error)")
            return nil
        }
    }
}
