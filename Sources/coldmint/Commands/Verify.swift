import ArgumentParser
import Failures
import Verification

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check bundles and tokens as a customer would; needs no station.",
        discussion: VerificationArguments.discussion,
        examples: [
            "coldmint verify acme-gmbh-000017.tar --public-key vendor.pem",
            "coldmint verify - --public-key vendor.pem <license.jwt",
        ])

    @OptionGroup var arguments: VerificationArguments

    func run() throws {
        let status = try arguments.verify()
        if status != .success { throw ExitCode(status) }
    }
}
