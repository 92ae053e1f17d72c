import ArgumentParser
import CalendarTime
import Console
import DurableFiles
package import Failures
import PlainText
import SystemPackage
import TransparencyLog

/// What `coldmint log cosign` and `coldmint-verify cosign` are told, and what they do with it.
package struct CosigningArguments: ParsableArguments {
    /// For the help of both.
    package static let discussion = """
        The checkpoint must be signed by a key of the log's, and follow from the one that you saw \
        last, which --seen names; that file is replaced by the new one. Keep it as you keep your \
        key: it alone shows that the history was not changed. Exits with 65, and leaves the file as \
        it was, where anything disagrees.
        """

    @OptionGroup var witnessKey: WitnessKeyOptions

    @Option(
        help: ArgumentHelp(
            "A key of the log's, as 'log checkpoint --vkey' prints it; may be repeated.",
            valueName: "vkey"))
    var logKey: [String]

    @Option(help: ArgumentHelp("The checkpoint that you saw last.", valueName: "file"))
    var seen: String

    @Flag(help: "Trust this checkpoint without any before it; --seen is then a new file.")
    var first = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the cosigned checkpoint there.", valueName: "file"))
    var output: String?

    @Argument(
        help: ArgumentHelp(
            "What 'log consistency' printed (- is standard input); with --first also a checkpoint.",
            valueName: "update"))
    var update: String

    package init() {}

    /// Checks the update and prints the cosigned checkpoint.
    package func cosign() throws(CommandFailure) {
        let logKeys = try parsedLogKeys()
        let witness = try witnessKey.witness()
        let asked = try AskedCheckpoint(readingFrom: update, isFirst: first)
        try asked.refuseUnlessSigned(by: logKeys)
        try write(try vouch(for: asked, of: logKeys, witness))
    }

    /// Compares with what was seen last, and remembers what is vouched for in its place.
    private func vouch(
        for asked: AskedCheckpoint, of logKeys: [NoteVerifier], _ witness: borrowing Witness
    ) throws(CommandFailure) -> SignedCheckpoint {
        let seen = try SeenCheckpoint(in: FilePath(seen), isFirst: first)
        try asked.refuseUnlessFollowing(seen, by: logKeys)
        guard let now = SystemClock.time(at: SystemClock.milliseconds) else {
            throw CommandFailure.unusableClock
        }
        let cosigned = try witness.cosign(asked, at: now)
        // Before anybody else has it: whoever vouches for a second history after a crash is no
        // witness.
        try seen.replace(with: cosigned)
        return cosigned
    }

    private func parsedLogKeys() throws(CommandFailure) -> [NoteVerifier] {
        var keys: [NoteVerifier] = []
        for value in logKey {
            // One value may have what the station printed: a key on each line.
            let lines = value.split(whereSeparator: \.isNewline)
            guard !lines.isEmpty else {
                throw CommandFailure(
                    .usage,
                    "--log-key: has no key: give what 'coldmint log checkpoint --vkey' prints on the "
                        + "station")
            }
            for line in lines { keys.append(try Self.key(String(line))) }
        }
        return keys
    }

    private static func key(_ text: String) throws(CommandFailure) -> NoteVerifier {
        do throws(NoteError) { return try NoteVerifier(vkey: text) } catch {
            throw CommandFailure(
                .usage, "--log-key \(text.shortened(to: 120)): \(error.brief)")
        }
    }

    private func write(_ cosigned: SignedCheckpoint) throws(CommandFailure) {
        guard let output else {
            return try Terminal.write(String(decoding: cosigned.bytes, as: UTF8.self))
        }
        do throws(FileSystemError) {
            try DraftFile.replace(FilePath(output), with: cosigned.bytes)
        } catch {
            throw CommandFailure(error)
        }
    }
}
