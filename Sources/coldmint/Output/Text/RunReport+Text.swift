import Console
import Station

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
}
