import ArgumentParser
import Console
import Failures
import Station
import SystemPackage
import TransparencyLog

struct AddCosignature: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "add-cosignature",
        abstract: "Keep an auditor's cosignature, so that it travels with the log.",
        discussion: """
            It stands under the checkpoint in the outbox then, and later bundles have the newest \
            checkpoint that was cosigned.
            """,
        examples: ["coldmint log add-cosignature cosigned --witness \"$(cat auditor.vkey)\""])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Option(
        help: ArgumentHelp(
            "The auditor's key, as 'log witness-key' prints it; may be repeated.",
            valueName: "vkey"))
    var witness: [String]

    @Flag(help: "Print one JSON object.")
    var json = false

    @Argument(help: "What the auditor's 'cosign' has printed; - is standard input.")
    var file: String

    func run() throws {
        let witnesses = try witness.map { text in
            do throws(NoteError) { return try NoteVerifier(vkey: text) } catch {
                throw StationFailure(.usage, "--witness \(text): \(error)")
            }
        }
        let added = try station.addCosignatures(
            from: FilePath(file), by: witnesses, environment: .system)
        try Terminal.show(added, asJSON: json)
    }
}
