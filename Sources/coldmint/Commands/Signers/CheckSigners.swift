import ArgumentParser
import Console
import Station
import SystemPackage

struct CheckSigners: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say in words what a list of signers means.",
        discussion: """
            Without a file, the station's own list is read as a run reads it, owner and mode \
            included. With one, no station is needed; all its faults are listed, and the command \
            exits with 65.
            """,
        examples: [
            "coldmint signers check",
            "coldmint signers check list --issuer https://licenses.example.com",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Option(
        help: ArgumentHelp("The issuer for whose station it is to be.", valueName: "url"))
    var issuer: String?

    @Argument(help: ArgumentHelp("A list of signers.", valueName: "file"))
    var file: String?

    var usedStation: StationFolder? { file == nil ? station : nil }

    func run() throws {
        let now = try SystemEnvironment.system.now()
        guard let file else { return try show(SignersReport.ofStation(station, at: now)) }
        try show(SignersReport.ofFile(FilePath(file), issuer: issuer, at: now).orExit())
    }

    private func show(_ report: SignersReport) throws {
        for line in report.lines { try Terminal.printLine(Terminal.plain(line)) }
    }
}
