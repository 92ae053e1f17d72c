import ArgumentParser
import Station
import SystemPackage

struct Initialize: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a station: configuration, ledger, first key.")

    @ParentCommand var root: Coldmint
    @OptionGroup var place: StationOption

    @Option(help: ArgumentHelp("The URL that tokens name as their issuer.", valueName: "url"))
    var issuer: String

    @Flag(help: "Keep the private key unencrypted, guarded by file permissions alone.")
    var noPassphrase = false

    @Option(
        help: ArgumentHelp(
            "Take this PKCS#8 PEM of an Ed25519 key instead of making one.", valueName: "file"))
    var importKey: String?

    func validate() throws {
        guard noPassphrase else {
            throw ValidationError(
                "this version cannot encrypt key files yet: say --no-passphrase to keep the key "
                    + "unencrypted, guarded by file permissions alone")
        }
    }

    func run() throws {
        let kid = try station.initialize(
            issuer: issuer, importing: importKey.map { FilePath($0) }, host: .system)
        try Terminal.result("station \(station.path) made, its key is \(kid)")
    }
}
