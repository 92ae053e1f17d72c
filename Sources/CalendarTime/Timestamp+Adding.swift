extension Timestamp {
    /// The same day and time after the period. A day that the month reached does not have becomes
    /// its last day. `nil` past year 9999.
    package func adding(_ period: Period) -> Timestamp? {
        switch period {
        case .years(let count): adding(months: 12 * count)
        case .months(let count): adding(months: count)
        case .days(let count): adding(days: Int64(count))
        }
    }

    package func adding(days: Int64) -> Timestamp? {
        let (seconds, overflow) = days.multipliedReportingOverflow(by: 86_400)
        return overflow ? nil : adding(seconds: seconds)
    }

    private func adding(months: Int) -> Timestamp? {
        var fields = calendarFields
        let sum = fields.month - 1 + months
        fields.year += sum / 12
        fields.month = sum % 12 + 1
        let day = fields.day
        for missingDays in 0...3 {
            fields.day = day - missingDays
            if let later = Timestamp(fields) { return later }
        }
        return nil
    }
}
