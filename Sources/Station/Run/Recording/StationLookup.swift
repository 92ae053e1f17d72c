import Ledger
import LicenseRequest
import LicenseToken

/// The ledger as requests are held against it one by one, outside of any transaction.
struct StationLookup: LicenseLookup {
    let station: OpenStation

    func license(_ id: LicenseID) throws(StationFailure) -> LookupResult {
        try asking { lookup throws(LedgerError) in try lookup.license(id) }
    }

    func liveLicense(named name: String) throws(StationFailure) -> LicenseID? {
        try asking { lookup throws(LedgerError) in try lookup.liveLicense(named: name) }
    }

    func successors(of id: LicenseID) throws(StationFailure) -> [Successor] {
        try asking { lookup throws(LedgerError) in try lookup.successors(of: id) }
    }

    func isNew(customer: String) throws(StationFailure) -> Bool? {
        try asking { lookup throws(LedgerError) in try lookup.isNew(customer: customer) }
    }

    func liveLicenseCount(of customer: String) throws(StationFailure) -> Int? {
        try asking { lookup throws(LedgerError) in try lookup.liveLicenseCount(of: customer) }
    }

    private func asking<Answer>(
        _ question: (LedgerLookup) throws(LedgerError) -> Answer
    ) throws(StationFailure) -> Answer {
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.withReader { reader throws(LedgerError) in
                try question(LedgerLookup(reader: reader))
            }
        }
    }
}
