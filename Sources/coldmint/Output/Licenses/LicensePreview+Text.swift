import CalendarTime
import Console
import LicenseToken
import Station

extension LicensePreview {
    /// What it is, and below that what is otherwise in it than in the license that it follows.
    var lines: [String] {
        let facts: [String?] = [
            "for \(customer)\(isNewCustomer == true ? " (new customer)" : "")",
            product?.words, term.words,
        ]
        let head = "  \(name), " + facts.compactMap(\.self).joined(separator: ", ")
        guard let succession else { return [head] }
        return [head, "    takes the place of \(succession.predecessor)"]
            + succession.changes.map { "    \($0)" }
    }
}

extension LicenseTerm {
    /// `2026-12-01 to 2027-12-01T12:00:00Z, 14 days of grace, notice from 2027-11-01`
    fileprivate var words: String {
        let facts: [String?] = [
            "\(notBefore.dayOrTime) to \(expiresAt?.dayOrTime ?? "never")",
            graceDays.map { "\(counted($0, "day")) of grace" },
            noticeFrom.map { "notice from \($0.dayOrTime)" },
            maintainedUntil.map { "maintained until \($0.dayOrTime)" },
        ]
        return facts.compactMap(\.self).joined(separator: ", ")
    }
}

extension Timestamp {
    /// The day alone where it is midnight, as requests write it.
    fileprivate var dayOrTime: String { self == startOfDay ? dateOnly : description }
}
