import ArgumentParser
import Console
import Station

struct PrintToken: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Print a license's token and nothing else.",
        discussion: "A line end follows on a terminal only.",
        examples: ["coldmint token \"Acme production\" >license.jwt"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Argument(help: ArgumentHelp("The license's id or its name.", valueName: "id-or-name"))
    var license: String

    func run() throws {
        let token = try OpenStation(station).license(license).token
        try Terminal.write(token + (Terminal.outputIsATerminal ? "\n" : ""))
    }
}
