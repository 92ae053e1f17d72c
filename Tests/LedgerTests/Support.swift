@testable import Ledger

let kid = String(repeating: "k", count: 43)
let newRun = NewRun(startedAt: 1000, issuer: "https://example.com", kid: kid)

func newLedger() throws -> Ledger {
    let ledger = try Ledger.inMemory()
    try ledger.add(
        NewKey(
            kid: kid, publicKey: [UInt8](repeating: 7, count: 32), createdAt: 1, isImported: false,
            isActive: true)
    )
    return ledger
}

func newLicense(_ name: String, _ customer: String = "acme") -> NewLicense {
    let number = Int.random(in: 100_000_000_000..<1_000_000_000_000)
    return NewLicense(
        id: "00000000-0000-7000-8000-\(number)", name: name, customer: customer,
        description: nil, notBefore: 1, expiresAt: 2,
        token: "token of \(name)", tokenSHA256: [UInt8](repeating: 1, count: 32))
}

func entry(_ claim: String, digest: UInt8) -> DropEntry {
    DropEntry(claim: Array(claim.utf8), sha256: [UInt8](repeating: digest, count: 32))
}

/// Records one drop with these changes.
@discardableResult
func record(
    _ changes: [Change], as claim: String, digest: UInt8, in ledger: Ledger,
    number: Int64? = nil
) throws -> Int64 {
    try ledger.record([entry(claim, digest: digest)], in: newRun, number: number) { _, history, _ in
        switch history {
        case .repeats: Judgement(.repeated, receipt: "{}")
        case .isNew: Judgement(.accepted, receipt: "{}", changes: changes)
        }
    }
}

func liveLicense(_ name: String, in ledger: Ledger) throws -> LicenseRecord? {
    try ledger.consult { index throws(LedgerError) in try index.liveLicense(name: name) }
}
