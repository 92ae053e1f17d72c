import ArgumentParser
import Cosigning

struct CosignCheckpoint: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cosign",
        abstract: "As an auditor, vouch for a checkpoint; needs no station.",
        discussion: CosigningArguments.discussion,
        examples: [
            "coldmint log cosign update --key me.pem --name me.example.org \\",
            "  --log-key \"$(cat log-key)\" --seen seen >cosigned",
        ])

    @OptionGroup var arguments: CosigningArguments

    func run() throws {
        try arguments.cosign()
    }
}
