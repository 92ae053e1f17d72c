import ArgumentParser
import Console
import Station

struct ExportKey: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print a public key, or a private one for a backup on paper.",
        discussion: """
            Without KID the active key; as jwks all keys there have been, so that old tokens can be \
            verified too. A private key is printed unencrypted, as PKCS#8 PEM, and never into a \
            file that others can read.
            """,
        examples: [
            "coldmint keys export >public-key.pem",
            "coldmint keys export --format jwks >jwks.json",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption
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
        if isPrivate {
            try exportPrivate(open)
        } else {
            try Terminal.write(publicText(open))
        }
    }

    private func publicText(_ open: OpenStation) throws(StationFailure) -> String {
        switch format {
        case .pem: try open.keyView(kid).pem
        case .jwk: try open.keyView(kid).jwk
        case .jwks: KeyView.jwks(try kid == nil ? open.keyViews() : [open.keyView(kid)])
        }
    }

    private func exportPrivate(_ open: OpenStation) throws {
        try Terminal.refuseReadableOutput()
        let key = try open.keyView(kid)
        try confirmation.confirm(
            "Print the private key \(key.kid), unencrypted? Whoever reads it can sign licenses.")
        warnOfUnlockedMemory()
        try Terminal.write(
            secret: try open.privatePEM(key.kid, passphrase.source, environment: .system))
    }
}
