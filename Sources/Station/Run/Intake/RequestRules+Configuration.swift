import CalendarTime
import LicenseRequest

extension RequestRules {
    init(_ configuration: Configuration, now: Timestamp) {
        self.init(
            reservedClaims: configuration.allReservedClaims,
            maximumRequests: configuration.maximumRequestsPerDrop, now: now)
    }
}

extension Problem {
    static func tooLarge(limit: Int) -> Problem {
        Problem(.tooLarge, "larger than \(limit) bytes, the limit: divide it over several files")
    }
}
