package import CalendarTime
import Ledger
import LicenseToken

/// A license as the vendor sees it.
package struct LicenseView: Sendable {
    private let record: LicenseRecord

    init(_ record: LicenseRecord) {
        self.record = record
    }

    var licenseID: LicenseID { record.id }
    package var id: String { record.id.description }
    package var name: String { record.name }
    package var customer: String { record.customer }
    package var description: String? { record.license.description }
    package var notBefore: String { record.license.notBefore.description }
    package var expiresAt: String { record.expiresAt.description }
    var end: Timestamp { record.expiresAt }
    package var issuedAt: String { record.license.issuedAt.description }
    package var deletedAt: String? { record.deletedAt?.description }
    package var kid: String { record.license.kid.description }
    package var run: Int64 { record.run }
    package var token: String { record.license.token }

    package func state(at now: Timestamp) -> LicenseState {
        if record.deletedAt != nil { return .deleted }
        if record.expiresAt <= now { return .expired }
        return record.license.notBefore <= now ? .valid : .notYetValid
    }
}
