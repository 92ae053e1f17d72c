import ArgumentParser
import CLinux
import Foundation
import Station
import SystemPackage

@main
struct Coldmint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coldmint",
        abstract: "Issues license keys offline, from request files in an inbox.",
        discussion: """
            Requests are dropped into the inbox as JSON files; 'coldmint run' signs them and packs \
            the license tokens into one tar for each customer, in the outbox.
            """,
        version: "0.1.0",
        subcommands: [
            Initialize.self, Check.self, RunCommand.self, Watch.self, List.self, Show.self,
            PrintToken.self, Renewals.self, Keys.self, Verify.self, Status.self, AuditCommand.self,
        ])

    @OptionGroup var place: StationOption

    static func main() async {
        // What is in memory must not end up in a core file, nor be read by other processes.
        linux_refuse_dumps()
        CrashReports.refuse()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as StationFailure {
            Terminal.complain(failure.description)
            exit(failure.status)
        } catch {
            exit(withError: error)
        }
    }

    /// Ends the process; called from the top only.
    static func exit(_ status: ExitStatus) -> Never {
        exit(withError: ExitCode(status.rawValue))
    }
}

/// `--station`, before or after the command's name.
struct StationOption: ParsableArguments {
    @Option(
        name: .customLong("station"),
        help: ArgumentHelp(
            "The station's folder (default: $COLDMINT_STATION, or ./station).", valueName: "dir"))
    var path: String?
}

/// A command that works on a station.
protocol StationCommand: ParsableCommand {
    var root: Coldmint { get }
    var place: StationOption { get }
}

extension StationCommand {
    var station: StationFolder {
        let fromEnvironment = ProcessInfo.processInfo.environment["COLDMINT_STATION"]
        let path =
            place.path ?? root.place.path ?? fromEnvironment.flatMap { $0.isEmpty ? nil : $0 }
        return StationFolder(FilePath(path ?? "station"))
    }
}
