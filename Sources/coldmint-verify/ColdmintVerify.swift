import ArgumentParser
import Console
import Failures
import Verification

/// `coldmint verify` alone, for the machine of a customer or an auditor: it has no code that signs,
/// and opens no ledger.
@main
struct ColdmintVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coldmint-verify",
        abstract: "Check bundles and tokens of license keys; needs no network and no station.",
        discussion: VerificationArguments.discussion,
        version: ProgramVersion.text)

    @OptionGroup var arguments: VerificationArguments

    static func main() {
        StandardStreams.fillClosed()
        do {
            try OpenFiles.refuseTooFew()
            let command = try parse()
            let status = try command.arguments.verify()
            if status != .success { throw ExitCode(status.rawValue) }
        } catch let failure as CommandFailure {
            Terminal.printMessage(failure.description)
            exit(withError: ExitCode(failure.status.rawValue))
        } catch {
            exit(withError: error)
        }
    }
}
