import ArgumentParser
import Console
import Station
import SystemPackage

struct ShowConsistency: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "consistency",
        abstract: "Print what an auditor is asked to cosign.",
        discussion: """
            The newest checkpoint, and the proof that it follows from an older one that the auditor \
            saw. Exits with 65 where the older one is not of this log's history.
            """,
        examples: ["coldmint log consistency old-checkpoint >update"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Argument(
        help: ArgumentHelp(
            "The checkpoint that the auditor saw last; - is standard input.",
            valueName: "old-checkpoint"))
    var file: String

    func run() throws {
        let update = try OpenStation(station).update(fromCheckpointIn: FilePath(file))
        try Terminal.write(String(decoding: update, as: UTF8.self))
    }
}
