import DurableFiles
import Failures
import SystemPackage

/// What others can do with a part of the station that belongs to its user alone.
enum StationExposure: CustomStringConvertible {
    /// They can have anything issued, or hide what was.
    case writable(FilePath)
    /// They learn who the customers are, and have their tokens.
    case readable(FilePath)

    var description: String {
        switch self {
        case .writable(let path):
            "\(path): others can write to it: run 'chmod go-w \(path)', and then 'coldmint audit'"
        case .readable(let path):
            "\(path): others can read customers and tokens in it: run 'chmod 600 \(path)'"
        }
    }
}

extension StationFolder {
    func exposures() throws(StationFailure) -> [StationExposure] {
        var exposures: [StationExposure] = []
        for part in [path, configuration, ledger] {
            let status = try onDisk { () throws(FileSystemError) in try FileStatus(of: part) }
            if !status.isWritableByOwnerAlone { exposures.append(.writable(part)) }
            if part == ledger, !status.isPrivate { exposures.append(.readable(part)) }
        }
        return exposures
    }

    /// Refuses a station that others can change.
    ///
    /// - Returns: what others can read.
    func refuseIfWritable() throws(StationFailure) -> [StationExposure] {
        let exposures = try exposures()
        for case .writable(let part) in exposures {
            throw StationFailure(.configuration, StationExposure.writable(part).description)
        }
        return exposures
    }
}
