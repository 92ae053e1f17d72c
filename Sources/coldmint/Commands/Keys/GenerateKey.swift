import ArgumentParser
import Console
import Station

struct GenerateKey: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Make a key that stands by; prints its KID.",
        examples: ["coldmint keys generate"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var confirmation: Confirmation

    func run() throws {
        try confirmation.confirm("Make a new key, to stand by?")
        let custody = try beginCustody(passphrase.source)
        try Terminal.printLine("\(try custody.generate())")
    }
}
