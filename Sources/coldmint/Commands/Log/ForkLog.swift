import ArgumentParser
import Console
import Station
import StrictJSON

struct ForkLog: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "fork",
        abstract: "Go on after a real loss of the ledger, under a new name of the log.",
        discussion: """
            Where the newest ledger is lost, and an older one is all there is: runs get numbers that \
            the lost ones cannot have had, and the log says in public that there was a loss. Every \
            auditor has to trust the log anew. Look for the newest ledger first.
            """,
        examples: ["coldmint log fork --reason \"disk lost, backup of 3 May restored\""])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var confirmation: Confirmation

    @Option(help: ArgumentHelp("What was lost and why, for all to read.", valueName: "text"))
    var reason: String

    @Option(
        help: ArgumentHelp(
            "The last run that is known to have been lost, where the outbox does not show it.",
            valueName: "run"))
    var afterRun: Int64?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if let afterRun, afterRun < 1 { throw ValidationError("--after-run takes a run's number") }
        if !confirmation.yes && !Terminal.inputIsATerminal {
            throw ValidationError("a fork asks for confirmation on a terminal, or needs --yes")
        }
    }

    func run() throws {
        try LogFork.refuseUnlessPlain(reason)
        // What cannot be done is not asked about. The lock is not held while somebody thinks it over.
        let plan = try LogFork.begin(station, environment: .system).plan(afterRun: afterRun)
        for finding in plan.findings { Terminal.printMessage("found \(finding)") }
        try confirmation.confirm(
            """
            Go on with run \(plan.firstRun) under a new name of the log? Every auditor has to trust \
            it anew.
            """)
        warnOfUnlockedMemory()
        let fork = try LogFork.begin(station, environment: .system)
        let report = try fork.perform(
            try fork.plan(afterRun: afterRun), reason: reason, passphrase: passphrase.source)
        try Terminal.show(report, asJSON: json)
    }
}
