import Console
import Station

extension BackupReport {
    /// What is in a backup, in one line.
    var text: String {
        let runs = lastRun.map { "last run \($0)" } ?? "no run yet"
        let people = peopleCount.map { ", \(countedPeople($0)) who may ask" } ?? ""
        return "\(counted(licenseCount, "license")), \(runs), active key \(activeKey)\(people)"
    }
}
