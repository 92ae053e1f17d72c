import ArgumentParser
import Console
import Station
import SystemPackage

struct PrintSignCommand: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-command",
        abstract: "Print the command line that signs a request file.",
        discussion: """
            The signature lies beside the file afterwards and is dropped with it. Where several \
            people sign, each gives a --label of their own.
            """,
        examples: [
            "coldmint sign-command acme.json",
            "coldmint sign-command acme.json --key ~/.ssh/id_ed25519_sk --label bob",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Option(
        help: ArgumentHelp(
            "The issuer whose station is to take it (default: that of the station).",
            valueName: "url"))
    var issuer: String?

    @Option(
        help: ArgumentHelp(
            "The key's file, or its public half where an agent has the other.", valueName: "file"))
    var key = SignCommand.standardKey

    @Option(
        help: ArgumentHelp(
            "Goes into the signature's name: lower-case letters, digits, hyphens.",
            valueName: "name"))
    var label: String?

    @Argument(help: ArgumentHelp("A request file.", valueName: "file"))
    var file: String

    var usedStation: StationFolder? { issuer == nil ? station : nil }

    func validate() throws {
        guard file.hasSuffix(".json") else {
            throw ValidationError("\(file): the names of request files end in .json")
        }
        if let label, !SignCommand.isLabel(label) {
            throw ValidationError("--label takes lower-case letters, digits and hyphens")
        }
    }

    func run() throws {
        let command = SignCommand(
            for: FilePath(file), issuer: try SignCommand.issuer(issuer, of: station), key: key,
            label: label)
        try Terminal.printLine(Terminal.plain(command.text))
    }
}
