import ArgumentParser
import Cosigning

struct PrintWitnessKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness-key",
        abstract: "As an auditor, print the key that shows your cosignatures.",
        discussion: WitnessKeyOptions.discussion,
        examples: ["coldmint log witness-key --key me.pem --name me.example.org"])

    @OptionGroup var witness: WitnessKeyOptions

    func run() throws {
        try witness.printVerifier()
    }
}
