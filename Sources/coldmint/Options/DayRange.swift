import ArgumentParser
import CalendarTime

/// Times from one to another, as `2027-01-01..2027-03-31` gives them: a day without a time is meant
/// whole, and one of the two may be left out.
struct DayRange: ExpressibleByArgument {
    /// Not before.
    let start: Timestamp?
    /// Not after.
    let end: Timestamp?

    init?(argument: String) {
        guard let dots = argument.firstRange(of: "..") else { return nil }
        let (first, last) = (argument[..<dots.lowerBound], argument[dots.upperBound...])
        guard !(first.isEmpty && last.isEmpty) else { return nil }
        // Why a text is no date is thrown away: the message shows the form.
        let start = first.isEmpty ? nil : try? Timestamp(parsing: String(first))
        let end = last.isEmpty ? nil : try? Timestamp(parsing: String(last))
        guard (start == nil) == first.isEmpty, (end == nil) == last.isEmpty else { return nil }
        self.start = start
        let isDay = last.utf8.count == "2027-03-31".utf8.count
        self.end = isDay ? end.map { $0.adding(seconds: 86_399) ?? .latest } : end
    }
}
