import Console
import Station

extension BackupReport {
    /// What is in a backup, in one line.
    var text: String {
        let runs = lastRun.map { "last run \($0)" } ?? "no run yet"
        return "\(counted(licenseCount, "license")), \(runs), active key \(activeKey)"
    }
}
