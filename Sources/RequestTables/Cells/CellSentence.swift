import CalendarTime
import LicenseRequest
import PayloadSchema
import PlainText

/// Sentences for whoever fills in a table, where those for the writer of JSON would mislead.
enum CellSentence {
    static func quoted(_ text: String) -> String { "\"\(text.shortened(to: 200))\"" }

    static func wish(_ kinds: Set<ExpectedValue.Kind>, subject: String) -> String {
        var words: [String] = []
        if kinds.contains(.number) {
            words.append("a number, with a point for decimals and nothing between thousands")
        } else if kinds.contains(.integer) {
            words.append("a whole number, in digits alone")
        }
        if kinds.contains(.boolean) { words.append("TRUE or FALSE") }
        if kinds.contains(.array) { words.append("a list such as [\"one\",\"two\"]") }
        if kinds.contains(.object) { words.append("an object such as {\"name\":1}") }
        if kinds.contains(.null) { words.append("null") }
        return "\(subject) must be \(words.joined(separator: ", or "))"
    }

    /// - Parameters:
    ///   - text: of the cell at fault.
    ///   - action: of its row.
    static func message(_ problem: Problem, text: String, action: String) -> String {
        switch problem.code {
        case .invalidDate: date(text) ?? problem.message
        case .unsafeNumber:
            "too large for a number that every program reads alike: put it in quotes, "
                + "\"\(text.shortened(to: 60))\", to keep it as a text"
        case .nameTaken: "a live license has this name already: choose another"
        case .unknownMember:
            "a request with the action '\(action)' has no such member: empty the cell"
        default: problem.message
        }
    }

    // MARK: - Dates

    /// What to write instead of a date in another form.
    private static func date(_ text: String) -> String? {
        if let date = germanDate(text) {
            return "write \(date), not \(quoted(text)): the form is YYYY-MM-DD"
        }
        if let number = Int(text), (20_000...80_000).contains(number) {
            return "\(quoted(text)) is a spreadsheet's own number for a day: format the column as "
                + "a date, YYYY-MM-DD"
        }
        return nil
    }

    /// `1.12.2026`: day, month and year, which with points are in no other order.
    private static func germanDate(_ text: String) -> String? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].count == 4, (1...2).contains(parts[0].count),
            (1...2).contains(parts[1].count),
            let day = Int(parts[0]), let month = Int(parts[1]), let year = Int(parts[2]),
            day >= 0, month >= 0, year >= 0
        else { return nil }
        let date =
            "\(year.zeroPadded(to: 4))-\(month.zeroPadded(to: 2))-\(day.zeroPadded(to: 2))"
        // Why it is no date is thrown away: then there is nothing to propose.
        return (try? Timestamp(parsing: date)) == nil ? nil : date
    }
}
