import ArgumentParser
import DurableFiles
import Foundation
import Station
import SystemPackage

/// A command that works on a station.
protocol StationCommand: ParsableCommand {
    var root: Coldmint { get }
    var stationOption: StationOption { get }
    /// The station that the command works on, if it does on any.
    var usedStation: StationFolder? { get }
}

extension StationCommand {
    /// The station that the option or the environment names.
    var namedStation: StationFolder? {
        let fromEnvironment = ProcessInfo.processInfo.environment["COLDMINT_STATION"]
        let path =
            stationOption.path ?? root.stationOption.path
            ?? fromEnvironment.flatMap { $0.isEmpty ? nil : $0 }
        return path.map { StationFolder(FilePath($0)) }
    }

    var usedStation: StationFolder? { station }

    var station: StationFolder { namedStation ?? Self.standardStation }

    /// `./station`; where there is none, the one that the package has made room for.
    private static var standardStation: StationFolder {
        let isInstalled =
            !FileStatus.isFound(at: StationFolder.standard.path) && InstalledStation.isThere
        return isInstalled ? InstalledStation.folder : .standard
    }
}
