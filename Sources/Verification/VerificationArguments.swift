import ArgumentParser
import CalendarTime
import Console
package import Failures

/// What `coldmint verify` and `coldmint-verify` are told, and what they do with it.
package struct VerificationArguments: ParsableArguments {
    /// For the help of both.
    package static let discussion = """
        A bundle is sound where nothing in it was changed, whether its licenses run or not; a token \
        must be valid now. Exits with 65 where something is not.
        """

    @Option(
        help: ArgumentHelp(
            "The vendor's public key, got by another way than the bundle.", valueName: "pem"))
    var publicKey: String?

    @Option(
        help: ArgumentHelp(
            "The key of a witness who must have cosigned what a bundle carries of the vendor's log; "
                + "may be repeated.", valueName: "vkey"))
    var witness: [String] = []

    @Flag(help: "Print one JSON array with a verdict for each file.")
    var json = false

    @Argument(
        help: ArgumentHelp("Bundles (.tar) or tokens; - is standard input.", valueName: "file"))
    var files: [String]

    package init() {}

    /// Checks the files and prints the verdicts.
    ///
    /// - Returns: how the process should end.
    package func verify() throws(CommandFailure) -> ExitStatus {
        guard let now = SystemClock.time(at: SystemClock.milliseconds) else {
            throw CommandFailure.unusableClock
        }
        let verification = try Verification(
            publicKeyFile: publicKey, witnesses: witness, now: now)
        return try Terminal.showChecks(of: files, asJSON: json) { file throws(CommandFailure) in
            try verification.verify(file)
        }
    }
}
