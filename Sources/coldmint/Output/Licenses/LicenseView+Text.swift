import CalendarTime
import LicenseToken
import Station

extension LicenseView {
    /// Beside others of a customer or a chain: `01a2…  2026-12-01 to 2027-12-01  valid  Acme`
    func line(at now: Timestamp) -> String {
        "\(id)  \(term.notBefore.dateOnly) to \(term.expiresAt?.dateOnly ?? "never")  "
            + "\(state(at: now).rawValue)  \(name)"
    }
}
