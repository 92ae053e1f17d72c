import ArgumentParser
import CLinux
import Console
import Failures
import Station

@main
struct Coldmint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coldmint",
        abstract: "Issues license keys offline, from request files in an inbox.",
        discussion: """
            Requests are dropped into the inbox as JSON files; 'coldmint run' signs them and packs \
            the license tokens into one tar for each customer, in the outbox.
            """,
        version: ProgramVersion.text,
        subcommands: [
            Initialize.self, Check.self, RunCommand.self, Watch.self, List.self, Show.self,
            PrintToken.self, Renewals.self, Customers.self, Keys.self, Verify.self, Status.self,
            AuditCommand.self,
            Log.self, Signers.self, PrintSignCommand.self, Products.self, PrintSchema.self,
            Requests.self, PrintReceipt.self,
            Backup.self, Restore.self, Demo.self,
        ],
        examples: [
            "coldmint demo", "coldmint init --issuer https://licenses.example.com",
            "coldmint check acme.json", "coldmint run",
        ])

    @OptionGroup var stationOption: StationOption

    /// Where the process ends: commands throw, so that what they have begun is cleaned up on the way
    /// here. The second signal to a watch is the one exception.
    static func main() async {
        StandardStreams.fillClosed()
        // What is in memory must not end up in a core file, nor be read by other processes.
        linux_refuse_dumps()
        CrashReports.refuse()
        do {
            try OpenFiles.refuseTooFew()
            var command = try parseArguments()
            if let station = (command as? any StationCommand)?.usedStation {
                try StationUser.become(of: station)
                // To change users lifts the refusal.
                linux_refuse_dumps()
            }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as any StatedFailure {
            Terminal.printMessage(failure.description)
            exit(withError: ExitCode(failure.status))
        } catch {
            exit(withError: error)
        }
    }

    private static func parseArguments() throws -> any ParsableCommand {
        let arguments = CommandLine.arguments.dropFirst()
        do {
            return try parseAsRoot(Array(arguments))
        } catch  where exitCode(for: error) == .validationFailure {
            guard let mistyped = MistypedCommand(in: arguments, of: Self.self) else { throw error }
            throw StationFailure(.usage, mistyped.description)
        }
    }

    /// Without a command: what there is, and where to begin.
    func run() async throws {
        try Terminal.printLine(Self.helpMessage())
        try Terminal.printLine(
            "\nNew here? 'coldmint demo' shows the whole life of a license in a few seconds.")
    }
}

extension ExitCode {
    /// Thrown by a command that has said everything already: nothing more is printed.
    init(_ status: ExitStatus) {
        self.init(status.rawValue)
    }
}
