/// A length of time by the calendar: `1y`, `6m`, `90d`.
package enum Period: Sendable, Hashable {
    case years(Int)
    case months(Int)
    case days(Int)

    /// A number from 1 to 9999, and `y`, `m` or `d`; `nil` for anything else.
    package init?(_ text: String) {
        let digits = text.utf8.dropLast()
        guard
            (1...4).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int(text.dropLast()), count > 0
        else { return nil }
        switch text.last {
        case "y": self = .years(count)
        case "m": self = .months(count)
        case "d": self = .days(count)
        default: return nil
        }
    }
}

extension Period {
    /// For people: `1 year`, `6 months`.
    package var words: String {
        let (count, noun) =
            switch self {
            case .years(let count): (count, "year")
            case .months(let count): (count, "month")
            case .days(let count): (count, "day")
            }
        return "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}

extension Period: CustomStringConvertible {
    package var description: String {
        switch self {
        case .years(let count): "\(count)y"
        case .months(let count): "\(count)m"
        case .days(let count): "\(count)d"
        }
    }
}
