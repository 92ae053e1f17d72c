import ArgumentParser

struct Signers: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signers",
        abstract: "Show who may ask for licenses, where requests have to be signed.",
        subcommands: [ListSigners.self, CheckSigners.self],
        examples: ["coldmint signers list", "coldmint signers check new-signers"])

    @OptionGroup var stationOption: StationOption
}
