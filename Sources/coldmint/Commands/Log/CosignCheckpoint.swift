import ArgumentParser
import Cosigning

struct CosignCheckpoint: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cosign",
        abstract: "As an auditor, vouch for a checkpoint; needs no station.",
        discussion: CosigningArguments.discussion,
        examples: [
            "coldmint log cosign update --key my.pem --name me --log-key LOG --seen seen"
        ])

    @OptionGroup var arguments: CosigningArguments

    func run() throws {
        try arguments.cosign()
    }
}
