import ArgumentParser
import Console
import Cosigning
import Failures
import Verification

/// What a customer or an auditor does on a machine of their own: it has no code that issues, and opens
/// no ledger.
@main
struct ColdmintVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coldmint-verify",
        abstract: "Check bundles and tokens of license keys; needs no network and no station.",
        discussion: """
            Without the name of a command, files are verified: \
            coldmint-verify acme-000017.tar --public-key vendor.pem
            """,
        version: ProgramVersion.text,
        subcommands: [VerifyFiles.self, Cosign.self, PrintWitnessKey.self],
        defaultSubcommand: VerifyFiles.self)

    static func main() {
        StandardStreams.fillClosed()
        do {
            try OpenFiles.refuseTooFew()
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as CommandFailure {
            Terminal.printMessage(failure.description)
            exit(withError: ExitCode(failure.status.rawValue))
        } catch {
            exit(withError: error)
        }
    }
}

struct VerifyFiles: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check bundles and tokens as a customer would.",
        discussion: VerificationArguments.discussion)

    @OptionGroup var arguments: VerificationArguments

    func run() throws {
        let status = try arguments.verify()
        if status != .success { throw ExitCode(status.rawValue) }
    }
}

struct Cosign: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cosign",
        abstract: "Vouch for a checkpoint that follows from the one you saw last.",
        discussion: CosigningArguments.discussion)

    @OptionGroup var arguments: CosigningArguments

    func run() throws {
        try arguments.cosign()
    }
}

struct PrintWitnessKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness-key",
        abstract: "Print the public key by which others check your cosignatures.",
        discussion: WitnessKeyOptions.discussion)

    @OptionGroup var witness: WitnessKeyOptions

    func run() throws {
        try witness.printVerifier()
    }
}
