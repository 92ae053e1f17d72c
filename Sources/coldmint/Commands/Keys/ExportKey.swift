import ArgumentParser
import Station

struct ExportKey: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print a public key, or a private one for a backup on paper.",
        discussion: """
            Without KID the active key; as jwks all keys there have been, so that old tokens can be \
            verified too. A private key is printed unencrypted, as PKCS#8 PEM, and never into a \
            file that others can read.
            """)

    @ParentCommand var root: Coldmint
    @OptionGroup var place: StationOption
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var confirmation: Confirmation

    @Option(help: "The form of a public key: pem, jwk or jwks.")
    var format: PublicKeyForm = .pem

    @Flag(name: .customLong("private"), help: "The private key.")
    var isPrivate = false

    @Argument(help: "The key, or the beginning of its thumbprint.")
    var kid: String?

    func validate() throws {
        guard isPrivate else { return }
        if format != .pem { throw ValidationError("a private key is exported as PEM only") }
        if !confirmation.yes && !Terminal.inputIsATerminal {
            throw ValidationError("--private asks for confirmation on a terminal, or needs --yes")
        }
    }

    func run() throws {
        let open = try OpenStation(station)
        guard isPrivate else { return try Terminal.write(open.exportPublic(kid, as: format)) }
        try Terminal.refuseReadableOutput()
        let key = try open.keyView(kid)
        try confirmation.confirm(
            "Print the private key \(key.kid), unencrypted? Whoever reads it can sign licenses.")
        let custody = try KeyCustody.begin(
            station, passphrase: passphrase.source, environment: .system)
        try Terminal.write(secret: try custody.privatePEM(key.kid))
    }
}

extension PublicKeyForm: ExpressibleByArgument {}
