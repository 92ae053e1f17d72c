import ArgumentParser
import Station
import SystemPackage

struct GenerateKey: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Make a key that stands by; prints its KID.")

    @ParentCommand var root: Coldmint
    @OptionGroup var place: StationOption
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var confirmation: Confirmation

    func run() throws {
        try confirmation.confirm("Make a new key, to stand by?")
        let custody = try KeyCustody.begin(
            station, passphrase: passphrase.source, environment: .system)
        try Terminal.result("\(try custody.generate())")
    }
}

struct ImportKey: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take a PKCS#8 PEM as a key that stands by.")

    @ParentCommand var root: Coldmint
    @OptionGroup var place: StationOption
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var confirmation: Confirmation

    @Argument(help: ArgumentHelp("An Ed25519 private key, unencrypted.", valueName: "pem"))
    var file: String

    func run() throws {
        try confirmation.confirm("Take the key in \(file), to stand by?")
        let custody = try KeyCustody.begin(
            station, passphrase: passphrase.source, environment: .system)
        try Terminal.result("\(try custody.importKey(from: FilePath(file)))")
    }
}
