import Ledger
import LicenseRequest
import LicenseToken

/// The ledger as requests are held against it.
struct LedgerLookup: LicenseLookup {
    let reader: LedgerReader

    func license(_ id: LicenseID) throws(LedgerError) -> LookupResult {
        guard let record = try reader.license(id) else { return .nothing }
        return record.isLive ? .live(record.license) : .deleted(record.license)
    }

    func liveLicense(named name: String) throws(LedgerError) -> LicenseID? {
        try reader.liveLicenseID(named: name)
    }

    func successors(of id: LicenseID) throws(LedgerError) -> [Successor] {
        try reader.successors(of: id).map { Successor(id: $0.id, isLive: $0.isLive) }
    }

    func isNew(customer: String) throws(LedgerError) -> Bool? {
        try !reader.hasLicense(ofCustomer: customer)
    }

    func liveLicenseCount(of customer: String) throws(LedgerError) -> Int? {
        try reader.liveLicenseCount(of: customer)
    }
}
