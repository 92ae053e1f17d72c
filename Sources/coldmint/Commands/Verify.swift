import ArgumentParser
import Station

struct Verify: FileCheckingCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check bundles and tokens as a customer would; needs no station.",
        discussion: """
            A bundle is sound where nothing in it was changed, whether its licenses run or not; a \
            token must be valid now. Exits with 65 where something is not.
            """,
        examples: [
            "coldmint verify acme-gmbh-000017.tar --public-key vendor.pem",
            "coldmint verify - --public-key vendor.pem <license.jwt",
        ])

    @Option(
        help: ArgumentHelp(
            "The vendor's public key, got by another way than the bundle.", valueName: "pem"))
    var publicKey: String?

    @Flag(help: "Print one JSON array with a verdict for each file.")
    var json = false

    @Argument(
        help: ArgumentHelp("Bundles (.tar) or tokens; - is standard input.", valueName: "file"))
    var files: [String]

    func run() throws {
        let verification = try Verification(publicKeyFile: publicKey, environment: .system)
        try checkFiles { file throws(StationFailure) in try verification.verify(file) }
    }
}
