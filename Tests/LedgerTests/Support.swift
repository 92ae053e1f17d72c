import CalendarTime
import LicenseToken
import Signatures
import Testing

@testable import Ledger

func time(_ seconds: Int64) throws -> Timestamp {
    try #require(Timestamp(secondsSinceEpoch: seconds))
}

func digest(_ byte: UInt8) throws -> SHA256Digest {
    try #require(SHA256Digest(bytes: [UInt8](repeating: byte, count: 32)))
}

/// A key whose public half is this byte 32 times; no test here verifies a signature.
func key(_ byte: UInt8, _ state: KeyRecord.State, at seconds: Int64) throws -> KeyRecord {
    let publicKey = try #require(VerificationKey(bytes: [UInt8](repeating: byte, count: 32)))
    return KeyRecord(
        kid: KeyID(of: publicKey), publicKey: publicKey, state: state, createdAt: try time(seconds))
}

func kid() throws -> KeyID {
    try key(7, .active, at: 1).kid
}

func newLedger() throws -> Ledger {
    let ledger = try Ledger.inMemory()
    try ledger.add(try key(7, .active, at: 1), .generated)
    return ledger
}

func newLicense(_ name: String, _ customer: String = "acme") throws -> IssuedLicense {
    let number = Int.random(in: 100_000_000_000..<1_000_000_000_000)
    let id = try #require(LicenseID("00000000-0000-7000-8000-\(number)"))
    let token = "token of \(name)"
    return IssuedLicense(
        id: id, name: name, customer: customer, description: nil, issuer: "https://example.com",
        issuedAt: try time(1000), term: LicenseTerm(notBefore: try time(1), expiresAt: try time(2)),
        kid: try kid(),
        token: token, tokenDigest: SHA256Digest(of: token.utf8))
}

/// Records drops in one transaction, each accepted unless its bytes were accepted before.
///
/// - Parameters:
///   - run: the run that goes on; a new one where there is none.
///   - changes: what a drop changes, by what the ledger holds after those before it.
@discardableResult
func record(
    _ drops: [(claim: String, digest: UInt8)], in ledger: Ledger, run: RunRecord? = nil,
    changes: (_ claim: String, LedgerReader) throws(LedgerError) -> [Change]
) throws -> RunRecord {
    let (time, kid) = (try time(1000), try kid())
    let drops = try drops.map { ($0.claim, try digest($0.digest)) }
    let goingOn = run?.number
    return try ledger.withTransaction { transaction throws(LedgerError) in
        var current = run
        if current == nil {
            current = try transaction.beginRun(at: time, issuer: "https://example.com", kid: kid)
        }
        guard let run = current else { throw LedgerError(.damaged("no run"), at: "test") }
        if run.number != goingOn { try transaction.enterPolicies(of: run) }
        for (claim, digest) in drops {
            let isRepeat = try transaction.reader.acceptedDrop(digest) != nil
            let changes = isRepeat ? [] : try changes(claim, transaction.reader)
            var record = try transaction.insert(
                DropRecord(
                    run: run.number, claim: Array(claim.utf8), digest: digest,
                    outcome: isRepeat ? .repeated : .accepted, receipt: "{}"), in: run)
            for change in changes { try record.apply(change) }
            try record.finish()
        }
        return run
    }
}

/// Records one drop with these changes, in a run of its own.
@discardableResult
func record(
    _ changes: [Change], as claim: String, digest: UInt8, in ledger: Ledger
) throws -> Int64 {
    try record([(claim, digest)], in: ledger) { _, _ in changes }.number
}

func liveLicense(_ name: String, in ledger: Ledger) throws -> LicenseRecord? {
    try ledger.withReader { reader throws(LedgerError) in try reader.liveLicense(named: name) }
}
