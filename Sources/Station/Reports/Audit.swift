import CalendarTime
import Ledger
import LicenseToken
import Signatures
import SystemPackage

extension OpenStation {
    /// Holds the ledger against itself, the keys, the bundles that still lie in the outbox, and what
    /// was kept elsewhere.
    ///
    /// - Parameter files: checkpoints, or bundles with one; `-` is standard input.
    package func audit(since files: [String] = []) throws(StationFailure) -> AuditReport {
        // All are read before the long work begins.
        var kept: [KeptCheckpoint] = []
        for file in files { kept.append(try KeptCheckpoint(readingFrom: file)) }
        return try Audit(self, since: kept).report
    }
}

/// An audit at work.
private struct Audit {
    private(set) var report = AuditReport()

    /// So that the answer to a ruined ledger stays readable.
    private static let maximumFindings = 100

    private let station: OpenStation

    init(_ station: OpenStation, since kept: [KeptCheckpoint]) throws(StationFailure) {
        self.station = station
        try checkFile()
        try checkKeys()
        try checkTokens()
        try checkSignatures()
        try checkLog()
        for checkpoint in kept { try compare(checkpoint) }
        try checkOutbox()
    }

    private mutating func add(_ finding: String) {
        if report.findings.count < Self.maximumFindings { report.findings.append(finding) }
    }

    private mutating func checkFile() throws(StationFailure) {
        for exposure in try station.folder.exposures() { add(exposure.description) }
        do throws(StationFailure) {
            try station.folder.checkSettings()
        } catch {
            add(error.description)
        }
        for finding in try station.fromLedger({ ledger throws(LedgerError) in
            try Self.findings(in: ledger, at: station.folder.ledger)
        }) { add(finding) }
        report.unfinishedRuns = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.unfinishedRuns().map(\.number)
        }
    }

    private static func findings(
        in ledger: Ledger, at path: FilePath
    ) throws(LedgerError) -> [String] {
        var findings = try ledger.integrityFailures().map { "\(path): \($0)" }
        if try !ledger.hasOwnSchema() {
            findings.append("\(path): its tables, indexes or triggers were changed")
        }
        findings += try ledger.runsWithWrongBundles().map {
            "run \($0): its bundles are not those of its licenses"
        }
        findings += try ledger.licensesWithBrokenHistory().map {
            "license \($0): its history does not lead to what its record says"
        }
        findings += try ledger.catalogFaults(limit: maximumFindings)
        findings += try ledger.gaps().map { "\(path): \($0)" }
        if try !ledger.numbersGoOn() {
            findings.append("\(path): the number of the next run does not follow the last one's")
        }
        if try ledger.activeKey() == nil {
            findings.append("\(path): there is no active key: no run can sign")
        }
        findings += try ledger.keysOutOfStep().map {
            "key \($0): its state is not what was last done with it"
        }
        findings += try ledger.keyStatementFaults()
        let foreign = try ledger.dropsWithForeignReceipt()
        if foreign > 0 { findings.append("\(foreign) drops have a receipt that is not theirs") }
        let drops = try ledger.refusedDropsWithEffect()
        if drops > 0 { findings.append("\(drops) drops were not accepted and have taken effect") }
        return findings
    }

    private mutating func checkKeys() throws(StationFailure) {
        let keys = try station.keys()
        for record in keys {
            do throws(StationFailure) {
                try KeyStore(station: station.folder).check(record)
            } catch {
                add(error.description)
            }
        }
    }

    // MARK: - Tokens

    private mutating func checkTokens() throws(StationFailure) {
        let keys = try station.keys()
        let keySet = JWKSet(keys.map { JWK($0.publicKey) })
        var faults: [String] = []
        var count = 0
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.forEachLicense { record in
                count += 1
                if let fault = Self.fault(of: record.license, keySet) {
                    faults.append("license \(record.id): \(fault)")
                }
                return faults.count < Self.maximumFindings
            }
        }
        report.licenseCount = count
        for fault in faults { add(fault) }
    }

    /// What is wrong with a license's token, if anything is.
    private static func fault(of license: IssuedLicense, _ keys: JWKSet) -> String? {
        do throws(TokenError) {
            let token = try LicenseVerifier(keys: keys, issuer: license.issuer)
                .authenticate(license.token)
            let isSame =
                token.subject == license.id.description && token.kid == license.kid
                && token.term.issuedAt == license.issuedAt
                && token.term.agrees(with: license.term)
            guard isSame else { return "its token says something else than its record" }
            return SHA256Digest(of: license.token.utf8) == license.tokenDigest
                ? nil : "its token is not the one that was verified when it was issued"
        } catch {
            return error.description
        }
    }

    private mutating func checkSignatures() throws(StationFailure) {
        let signatures = try SignatureAudit(station, upTo: Self.maximumFindings)
        report.signatureCount = signatures.signatureCount
        report.changedDrops = signatures.changedDrops
        report.runsWithoutSigners = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.runsWithoutSigners(limit: Self.maximumFindings)
        }
        for finding in signatures.findings { add(finding) }
    }

    // MARK: - The log

    private mutating func checkLog() throws(StationFailure) {
        let (size, beginning, faults) = try station.fromLedger { ledger throws(LedgerError) in
            (
                try ledger.logSize(), try ledger.stationEvents(.logBegun).first,
                try ledger.logFaults(upTo: Self.maximumFindings)
            )
        }
        // Of a ledger without one, a log was made in memory only.
        let path = station.folder.ledger.string
        report.isLogMissing = try !OpenStation.asking { () throws(LedgerError) in
            try Ledger.asItIs(at: path).isUpToDate()
        }
        if !report.isLogMissing {
            report.entryCount = size
            report.logBegunAt = beginning?.time
        }
        for fault in faults { add(fault) }
    }

    private mutating func compare(_ kept: KeptCheckpoint) throws(StationFailure) {
        do throws(StationFailure) {
            if case .unknown(let reason) = try CheckpointHistory(of: station).judge(kept.signed) {
                add(
                    "\(kept.file): the checkpoint \(reason): what is recorded here is not what was "
                        + "when it left the station")
                return
            }
        } catch {
            add("\(kept.file): \(error)")
            return
        }
        if let bundle = kept.bundle {
            let published = try station.fromLedger { ledger throws(LedgerError) in
                try ledger.publishedDigest(of: bundle.name)
            }
            if published != bundle.digest {
                let record = published == nil ? "none of this name" : "another one of this name"
                add("\(kept.file): the record says that \(record) was published")
                return
            }
        }
        report.agreements.append(
            AuditReport.Agreement(file: kept.file, entryCount: kept.entryCount))
    }

    private mutating func checkOutbox() throws(StationFailure) {
        let outbox = try OutboxAudit(station)
        report.bundleCount = outbox.bundleCount
        report.movedBundleCount = outbox.movedBundleCount
        for finding in outbox.findings { add(finding) }
    }
}
