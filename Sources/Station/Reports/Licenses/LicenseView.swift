package import CalendarTime
import Ledger
package import LicenseToken

/// A license as the vendor sees it.
package struct LicenseView: Sendable {
    private let record: LicenseRecord

    init(_ record: LicenseRecord) {
        self.record = record
    }

    package var id: LicenseID { record.id }
    package var name: String { record.name }
    package var customer: String { record.customer }
    package var description: String? { record.license.description }
    package var notBefore: Timestamp { record.license.notBefore }
    package var expiresAt: Timestamp { record.expiresAt }
    package var issuedAt: Timestamp { record.license.issuedAt }
    package var deletedAt: Timestamp? { record.deletedAt }
    package var kid: KeyID { record.license.kid }
    package var run: Int64 { record.run }
    package var token: String { record.license.token }

    package func state(at now: Timestamp) -> LicenseState {
        record.isLive ? LicenseState(from: notBefore, until: expiresAt, at: now) : .deleted
    }
}
