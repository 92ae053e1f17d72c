import ArgumentParser
import Console
import Failures
import Logging
import Station
import StrictJSON

struct RunCommand: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Issue what lies in the inbox: one batch, then end.",
        discussion: """
            Exits with 65 where at least one drop was refused; all others are handled all the same.
            """,
        examples: [
            "coldmint run",
            "coldmint run --quiet --passphrase-file /etc/coldmint/passphrase",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print the outcome as one JSON object.")
    var json = false

    @Flag(help: "Issue although the clock lies before the newest entry of the ledger.")
    var acceptClock = false

    @Flag(name: .shortAndLong, help: "Print nothing where all went well.")
    var quiet = false

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var logging: LogOptions

    func run() throws {
        StandardStreams.outliveReaders()
        let environment = ProcessMemory.environment
        let progress = quiet ? nil : ProgressLine(of: environment.progress)
        progress?.start()
        defer { progress?.end() }
        let log = logging.logger(level: quiet ? .warning : .notice)
        let report = try Run.perform(
            station, keys: KeyRing(passphrase.source, log: log), environment: environment,
            log: log, acceptClock: acceptClock)
        progress?.end()
        if json {
            try Terminal.printLine(report.json.compactText)
        } else if !quiet {
            let lines = report.isEmpty ? [RunReport.emptyLine(try station.inbox())] : report.lines
            for line in lines { try Terminal.printLine(line) }
        }
        if report.ioFailures > 0 { throw ExitCode(.inputOutput) }
        if report.rejected > 0 { throw ExitCode(.dataError) }
    }
}
