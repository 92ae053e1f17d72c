import Console
import Station

extension AuditReport {
    var lines: [String] {
        let verdict = findings.isEmpty ? "all is well" : counted(findings.count, "finding")
        let signatures =
            signatureCount == 0 ? "" : "\(counted(signatureCount, "signature")) on requests, "
        return findings + beginning + agreements.map(line) + [
            "\(signatures)\(counted(licenseCount, "license")), "
                + "\(entries(entryCount)) of the log and "
                + "\(counted(bundleCount, "bundle")) checked, \(movedBundleCount) no longer in the outbox: \(verdict)"
        ]
    }

    private var beginning: [String] {
        guard let logBegunAt else { return [] }
        return [
            "the log was begun at \(logBegunAt): what was recorded before is in it as it was found then"
        ]
    }

    /// Where something else was found, one must not read that nothing was touched.
    private func line(for agreement: Agreement) -> String {
        findings.isEmpty
            ? "\(agreement.file): nothing before entry \(agreement.entryCount) was touched"
            : "\(agreement.file): the log still begins with its first \(entries(agreement.entryCount))"
    }

    private func entries(_ count: Int64) -> String {
        "\(count) \(count == 1 ? "entry" : "entries")"
    }

    /// What the next run mends by itself, and what may have been meant so.
    var warnings: [String] {
        (isLogMissing
            ? ["the ledger has no log: the next run begins one; if it had one, it was taken out"]
            : [])
            + unfinishedRuns.map { "run \($0) was cut off: 'coldmint run' finishes it" }
            + changedDrops.map { "accepted/\($0): it is not the drop any more that was accepted" }
            + runsWithoutSigners.map {
                "run \($0): nobody had to sign, although people had to before"
            }
    }
}
