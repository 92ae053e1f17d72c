import ArgumentParser
import Foundation
import Station
import SystemPackage

/// A command that works on a station.
protocol StationCommand: ParsableCommand {
    var root: Coldmint { get }
    var stationOption: StationOption { get }
}

extension StationCommand {
    /// The folder that an option names.
    var givenStationPath: String? { stationOption.path ?? root.stationOption.path }

    var station: StationFolder {
        let fromEnvironment = ProcessInfo.processInfo.environment["COLDMINT_STATION"]
        let path = givenStationPath ?? fromEnvironment.flatMap { $0.isEmpty ? nil : $0 }
        return StationFolder(FilePath(path ?? "station"))
    }
}
