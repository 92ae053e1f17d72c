import ArgumentParser
import Console
import Station
import SystemPackage

struct ExportLog: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the log into a folder, as any web server can publish it.",
        discussion: """
            C2SP tlog-tiles: checkpoint, tile/ and tile/entries/, up to the newest signed head. A \
            folder that has an earlier export of this log gets only what is new.
            """,
        examples: ["coldmint log export /srv/www/log"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print one JSON object.")
    var json = false

    @Argument(
        help: ArgumentHelp("A folder: new, empty, or of an earlier export.", valueName: "dir"))
    var folder: String

    func run() throws {
        let report = try LogExport(OpenStation(station), to: FilePath(folder)).perform()
        try Terminal.show(report, asJSON: json)
    }
}
