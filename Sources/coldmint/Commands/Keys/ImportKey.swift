import ArgumentParser
import Console
import Station
import SystemPackage

struct ImportKey: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take a PKCS#8 PEM as a key that stands by.",
        examples: ["coldmint keys import private-key.pem"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var confirmation: Confirmation

    @Argument(help: ArgumentHelp("An Ed25519 private key, unencrypted.", valueName: "pem"))
    var file: String

    func run() throws {
        try confirmation.confirm("Take the key in \(file), to stand by?")
        let custody = try beginCustody(passphrase.source)
        try Terminal.printLine("\(try custody.importKey(from: FilePath(file)))")
    }
}
