import Console
import Station

extension AuditReport {
    var lines: [String] {
        let verdict = findings.isEmpty ? "all is well" : counted(findings.count, "finding")
        return findings + [
            "\(counted(licenseCount, "license")) and \(counted(bundleCount, "bundle")) checked, "
                + "\(movedBundleCount) no longer in the outbox: \(verdict)"
        ]
    }

    /// What the next run mends by itself.
    var warnings: [String] {
        unfinishedRuns.map { "run \($0) was cut off: 'coldmint run' finishes it" }
    }
}
