import Bundling
import Foundation
import Ledger
import LicenseToken
import RFC3339
import Signing
import Spool
package import StrictJSON
import SystemPackage

/// Holds the ledger against itself, the keys, and the bundles that still lie in the outbox.
package struct Audit: Sendable {
    /// What is wrong, a sentence each; nothing where all is well.
    package private(set) var findings: [String] = []
    package private(set) var licenseCount = 0
    package private(set) var bundleCount = 0
    /// Runs that were cut off; the next run finishes them.
    package private(set) var unfinishedRuns: [Int64] = []
    /// Bundles that lie in the outbox no longer; that is the operator's affair.
    package private(set) var movedBundleCount = 0

    /// So that the answer to a ruined ledger stays readable.
    private static let maximumFindings = 100

    private let station: OpenStation

    package init(_ station: OpenStation) throws(StationFailure) {
        self.station = station
        try checkFile()
        try checkKeys()
        try checkTokens()
        try checkBundles()
    }

    package var json: OrderedJSON {
        .object([
            "valid": .bool(findings.isEmpty), "licenses": .integer(Int64(licenseCount)),
            "bundles": .integer(Int64(bundleCount)),
            "bundlesMoved": .integer(Int64(movedBundleCount)),
            "unfinishedRuns": .array(unfinishedRuns.map(OrderedJSON.integer)),
            "findings": .array(findings.map(OrderedJSON.string)),
        ])
    }

    private mutating func find(_ finding: String) {
        if findings.count < Self.maximumFindings { findings.append(finding) }
    }

    private mutating func checkFile() throws(StationFailure) {
        let found = try station.fromLedger { ledger throws(LedgerError) in
            (
                damages: try ledger.damages(), runs: try ledger.runsWithWrongBundles(),
                drops: try ledger.refusedDropsWithLicenses()
            )
        }
        unfinishedRuns = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.unfinishedRuns().map(\.number)
        }
        for damage in found.damages { find("\(station.folder.ledger): \(damage)") }
        for run in found.runs { find("run \(run): its bundles are not those of its licenses") }
        if found.drops > 0 { find("\(found.drops) drops were not accepted and have licenses") }
    }

    private mutating func checkKeys() throws(StationFailure) {
        let keys = try station.fromLedger { ledger throws(LedgerError) in try ledger.keys() }
        for record in keys {
            guard
                let key = try? VerificationKey(bytes: record.publicKey),
                JWK(key).thumbprint == record.kid
            else {
                find("key \(record.kid): its public half has another thumbprint")
                continue
            }
            guard record.state != .retired else { continue }
            do throws(StationFailure) {
                _ = try KeyStore(station: station.folder).load(record.kid)
            } catch {
                find(error.description)
            }
        }
    }

    // MARK: - Tokens

    private mutating func checkTokens() throws(StationFailure) {
        let (keys, runs) = try station.fromLedger { ledger throws(LedgerError) in
            (try ledger.keys(), try ledger.runs())
        }
        let keySet = JWKSet(
            keys.compactMap { try? VerificationKey(bytes: $0.publicKey) }.map(JWK.init))
        let issuers = Dictionary(uniqueKeysWithValues: runs.map { ($0.number, $0.issuer) })
        var faults: [String] = []
        var count = 0
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.forEachLicense { license in
                count += 1
                let issuer = issuers[license.run]
                let verifier = LicenseVerifier(keys: keySet, issuer: issuer)
                if let fault = Self.fault(of: license, verifier) {
                    faults.append("license \(license.id): \(fault)")
                }
                return faults.count < Self.maximumFindings
            }
        }
        licenseCount = count
        for fault in faults { find(fault) }
    }

    /// What is wrong with a license's token, if anything is.
    private static func fault(of license: LicenseRecord, _ verifier: LicenseVerifier) -> String? {
        do throws(TokenError) {
            let token = try verifier.authenticate(license.token)
            let isSame =
                token.subject == license.id && token.kid == license.kid
                && token.term.issuedAt.secondsSinceEpoch == license.issuedAt
                && token.term.notBefore.secondsSinceEpoch == license.notBefore
                && token.term.expiresAt.secondsSinceEpoch == license.expiresAt
            return isSame ? nil : "its token says something else than its record"
        } catch {
            return error.description
        }
    }

    // MARK: - Bundles

    private mutating func checkBundles() throws(StationFailure) {
        let records = try station.fromLedger { ledger throws(LedgerError) in try ledger.bundles() }
        let outbox = station.folder.resolve(station.configuration.outbox)
        for record in records {
            bundleCount += 1
            let name = BundleName(customer: record.customer, run: record.run)
            let path = outbox.appending(name.customer).appending(name.fileName)
            guard FileManager.default.fileExists(atPath: path.string) else {
                movedBundleCount += 1
                continue
            }
            let found = try digest { body throws(FileSystemError) in
                try ReadableFile.regular(at: path).forEachPiece(body)
            }
            if found.bytes != record.sha256 {
                find("\(path): not the bundle that was published: move it away")
            }
        }
    }
}
