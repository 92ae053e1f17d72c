import ArgumentParser
import Console
import Station
import SystemPackage

struct ChangePassphrase: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "passphrase", abstract: "Encrypt all private keys under a new passphrase.",
        discussion: """
            --passphrase-file has the old one, where there is one. Where the command is cut off, \
            the same one finishes its work. Restart a watch that is at work, so that it reads the \
            new passphrase.
            """,
        examples: [
            "coldmint keys passphrase",
            "coldmint keys passphrase --passphrase-file old --new-passphrase-file new",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption
    @OptionGroup var passphrase: PassphraseOptions

    @Option(help: ArgumentHelp("Read the new passphrase from this file.", valueName: "file"))
    var newPassphraseFile: String?

    @Flag(help: "Keep the keys unencrypted from now on, guarded by file permissions alone.")
    var noPassphrase = false

    func validate() throws {
        if noPassphrase && newPassphraseFile != nil {
            throw ValidationError("--no-passphrase and --new-passphrase-file exclude each other")
        }
    }

    func run() throws {
        let new = PassphraseSource(
            file: newPassphraseFile.map { FilePath($0) }, option: "--new-passphrase-file",
            newPurpose: "the station's keys")
        let custody = try beginCustody(passphrase.source)
        try custody.changePassphrase(to: noPassphrase ? nil : new)
        try Terminal.printLine(
            noPassphrase
                ? "the private keys are unencrypted now"
                : "the private keys are encrypted under the new passphrase")
    }
}
