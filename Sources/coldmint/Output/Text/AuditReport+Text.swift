import Console
import Station

extension AuditReport {
    var lines: [String] {
        let verdict = findings.isEmpty ? "all is well" : counted(findings.count, "finding")
        let signatures =
            signatureCount == 0 ? "" : "\(counted(signatureCount, "signature")) on requests, "
        return findings + [
            "\(signatures)\(counted(licenseCount, "license")), "
                + "\(entryCount) \(entryCount == 1 ? "entry" : "entries") of the log and "
                + "\(counted(bundleCount, "bundle")) checked, \(movedBundleCount) no longer in the outbox: \(verdict)"
        ]
    }

    /// What the next run mends by itself, and what may have been meant so.
    var warnings: [String] {
        unfinishedRuns.map { "run \($0) was cut off: 'coldmint run' finishes it" }
            + changedDrops.map { "accepted/\($0): it is not the drop any more that was accepted" }
            + runsWithoutSigners.map {
                "run \($0): nobody had to sign, although people had to before"
            }
    }
}
