import CalendarTime
import Ledger
import LicenseRequest
import LicenseToken

/// The ledger as requests are held against it.
struct LedgerLookup: LicenseLookup {
    let index: LicenseIndex

    func license(_ id: LicenseID) throws(LedgerError) -> LookupResult {
        guard let record = try index.license(id: id.description) else { return .nothing }
        guard
            let notBefore = Timestamp(secondsSinceEpoch: record.notBefore),
            let expiresAt = Timestamp(secondsSinceEpoch: record.expiresAt)
        else { throw .damaged("license \(record.id) has a date that cannot be") }
        return .license(
            KnownLicense(
                name: record.name, customer: record.customer, notBefore: notBefore,
                expiresAt: expiresAt, isDeleted: record.deletedAt != nil))
    }

    func liveLicense(named name: String) throws(LedgerError) -> LicenseID? {
        guard let record = try index.liveLicense(name: name) else { return nil }
        guard let id = LicenseID(record.id) else {
            throw .damaged("a license has the id '\(record.id)'")
        }
        return id
    }

    func hasLiveLicense(
        of customer: String, besides ended: Set<LicenseID>
    ) throws(LedgerError) -> Bool {
        var isFound = false
        try index.forEachLiveLicense(of: customer) { id in
            isFound = LicenseID(id).map { !ended.contains($0) } ?? false
            return !isFound
        }
        return isFound
    }
}
