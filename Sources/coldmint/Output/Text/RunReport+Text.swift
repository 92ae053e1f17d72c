import Console
import Station
import SystemPackage

extension RunReport {
    /// A summary, and the bundles that were made.
    var lines: [String] {
        let number = run.map { "run \($0): " } ?? ""
        return [
            number
                + "\(counted(accepted, "drop")) accepted, \(rejected) rejected, "
                + "\(repeated) repeated, \(waiting) waiting; "
                + "\(counted(licenses, "license")) issued, \(counted(bundles.count, "bundle")) made"
        ] + bundles
    }

    /// In the place of a summary where there was nothing to do.
    static func emptyLine(_ inbox: FilePath) -> String {
        "nothing waits in \(Terminal.plain(inbox.string)): drop a request there, a file whose name "
            + "ends in .json, and run again"
    }
}
