package import CalendarTime
import Ledger
package import LicenseToken
import Signatures

/// A license as the vendor sees it.
package struct LicenseView: Sendable {
    let record: LicenseRecord

    init(_ record: LicenseRecord) {
        self.record = record
    }

    package var id: LicenseID { record.id }
    package var name: String { record.name }
    package var customer: String { record.customer }
    package var description: String? { record.license.description }
    package var term: LicenseTerm { record.license.term }
    package var origin: LicenseOrigin { record.license.origin }
    /// Of the product's file as it was then, in hexadecimal.
    package var productDigest: String? { origin.product?.digest.description }
    package var issuedAt: Timestamp { record.license.issuedAt }
    package var deletedAt: Timestamp? { record.deletedAt }
    package var kid: KeyID { record.license.kid }
    package var run: Int64 { record.run }
    package var token: String { record.license.token }

    package func state(at now: Timestamp) -> LicenseState {
        record.isLive
            ? LicenseState(
                from: term.notBefore, until: term.expiresAt, endOfGrace: term.endOfGrace, at: now)
            : .deleted
    }
}
