import ArgumentParser

struct Keys: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Keep and rotate the signing keys.",
        discussion: """
            A new key stands by: bundles hand its public half out from then on, so that \
            applications can learn it before it signs. Once it is activated, the key before it \
            stands by and can be retired. KID may be the beginning of a key's thumbprint; one that \
            begins with a hyphen goes after '--'.
            """,
        subcommands: [
            ListKeys.self, GenerateKey.self, ImportKey.self, ActivateKey.self, RetireKey.self,
            ExportKey.self, ChangePassphrase.self,
        ],
        examples: ["coldmint keys list", "coldmint keys generate"])

    @OptionGroup var stationOption: StationOption
}
