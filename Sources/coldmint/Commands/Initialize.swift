import ArgumentParser
import Console
import Station
import SystemPackage

struct Initialize: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a station: configuration, ledger, first key.",
        examples: [
            "coldmint init --issuer https://licenses.example.com",
            "coldmint init --issuer https://licenses.example.com --no-passphrase",
            "coldmint init --issuer https://licenses.example.com --signers allowed_signers",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Option(help: ArgumentHelp("The URL that tokens name as their issuer.", valueName: "url"))
    var issuer: String

    @OptionGroup var passphrase: PassphraseOptions

    @Flag(help: "Keep the private key unencrypted, guarded by file permissions alone.")
    var noPassphrase = false

    @Option(
        help: ArgumentHelp(
            "Take this PKCS#8 PEM of an Ed25519 key instead of making one.", valueName: "file"))
    var importKey: String?

    @Option(help: ArgumentHelp("Where requests are to be dropped.", valueName: "dir"))
    var inbox: String?

    @Option(help: ArgumentHelp("Where bundles are to be fetched.", valueName: "dir"))
    var outbox: String?

    @Option(
        help: ArgumentHelp(
            "The user group that may drop requests and read receipts.", valueName: "group"))
    var inboxGroup: String?

    @Option(help: ArgumentHelp("The user group that may read bundles.", valueName: "group"))
    var outboxGroup: String?

    @Option(
        help: ArgumentHelp(
            "Those whose signatures requests need (an allowed_signers file, which is copied).",
            valueName: "file"))
    var signers: String?

    func validate() throws {
        if noPassphrase && passphrase.file != nil {
            throw ValidationError("--passphrase-file and --no-passphrase exclude each other")
        }
        guard noPassphrase || newPassphrase.isAvailable else {
            throw ValidationError(
                "there is no terminal to ask for a passphrase at: give --passphrase-file, or "
                    + "--no-passphrase to keep the key guarded by file permissions alone")
        }
    }

    private var newPassphrase: PassphraseSource {
        PassphraseSource(
            file: passphrase.file.map { FilePath($0) }, newPurpose: "the station's key")
    }

    func run() throws {
        warnOfUnlockedMemory()
        let signers = try signers.map { try NewSigners.read(FilePath($0)).orExit() }
        let isInstalled = station == InstalledStation.folder
        let settings = NewSettings(
            issuer: issuer, inbox: inbox ?? (isInstalled ? InstalledStation.inbox : nil),
            outbox: outbox ?? (isInstalled ? InstalledStation.outbox : nil), signers: signers)
        let kid = try station.initialize(
            settings, importing: importKey.map { FilePath($0) },
            passphrase: noPassphrase ? nil : newPassphrase, inboxGroup: inboxGroup,
            outboxGroup: outboxGroup, environment: .system)
        try Terminal.printLine("made a station in \(station.path); its key is \(kid)")
        guard let signers else {
            return try Terminal.printLine("next: drop requests into its inbox, then 'coldmint run'")
        }
        try Terminal.printLine(
            "\(countedPeople(signers.peopleCount)) may ask, as \(station.signers) says")
        try Terminal.printLine(
            "next: drop signed requests into its inbox ('coldmint sign-command FILE' says how to "
                + "sign), then 'coldmint run'")
    }
}
