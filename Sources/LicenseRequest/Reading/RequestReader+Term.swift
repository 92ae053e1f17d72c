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
        let memberPointer = pointer.appending(member: end == nil ? "notBefore" : "expiresAt")
        let value = end ?? member("notBefore") ?? object
        if expiresAt <= notBefore {
            problems.add(
                .datesOutOfOrder, at: memberPointer, value,
                end == nil
                    ? "begins after the default end, \(expiresAt): give expiresAt too"
                    : "expiresAt must be later than notBefore, \(notBefore)")
        }
        if expiresAt <= rules.now {
            problems.add(
                .alreadyExpired, at: memberPointer, value,
                "\(expiresAt) is past: give a date later than now, \(rules.now)")
        }
        return (notBefore, expiresAt)
    }

    private func date(
        _ member: String, default fallback: Timestamp?, _ problems: inout ProblemList
    ) -> Timestamp? {
        let memberPointer = pointer.appending(member: member)
        guard let value = self.member(member) else {
            if fallback == nil { missing(member, &problems) }
            return fallback
        }
        guard let text = value.string else {
            problems.add(
                .wrongType, at: memberPointer, value,
                "\(member) must be a string: \(DateError.malformed)")
            return nil
        }
        do throws(DateError) {
            return try Timestamp(parsing: text)
        } catch {
            problems.add(.invalidDate, at: memberPointer, value, "\(error)")
            return nil
        }
    }
}
