import Failures
import Glibc
import Signing

/// Asks a person for a passphrase, without echo, at the terminal that controls the process.
enum TerminalPrompt {
    /// Whether a person sits at standard input, and can be asked.
    static var isPossible: Bool { isatty(STDIN_FILENO) == 1 }

    /// `^C`
    private static let breakCharacter: UInt8 = 3

    static func ask(_ prompt: String) throws(StationFailure) -> Passphrase {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else {
            throw StationFailure(.noPermission, "there is no terminal to ask for a passphrase at")
        }
        defer { close(terminal) }
        var line = try mappingKeyErrors(at: "terminal") { () throws(SigningError) in
            try SecretBytes(count: Passphrase.maximumByteCount + 2)
        }
        let count = try withoutEcho(terminal, prompt) { signals in
            readLine(from: terminal, into: &line, unless: signals)
        }
        guard let count else {
            throw StationFailure(.noPermission, "no passphrase was typed")
        }
        return try mappingKeyErrors(at: "terminal") { () throws(SigningError) in
            try line.withUnsafeBytes { line throws(SigningError) in
                try Passphrase.read(from: UnsafeRawBufferPointer(rebasing: line.prefix(count)))
            }
        }
    }

    /// For a new one: what was typed wrong once would lock the key away for good.
    static func askTwice(_ prompt: String) throws(StationFailure) -> Passphrase {
        let first = try ask(prompt)
        guard first.isSame(as: try ask("the same once more: ")) else {
            throw StationFailure(.noPermission, "the two passphrases differ: nothing was changed")
        }
        return first
    }

    /// Signals that would end the process do so afterwards, so that the echo is never left off:
    /// `^C` is made a character that ends the line.
    private static func withoutEcho<Result>(
        _ terminal: Int32, _ prompt: String, _ body: (borrowing CaughtSignals) -> Result
    ) throws(StationFailure) -> Result {
        let signals = CaughtSignals()
        var usual = termios()
        guard tcgetattr(terminal, &usual) == 0 else {
            signals.release()
            throw noHiding
        }
        var hidden = usual
        hidden.c_lflag &= ~tcflag_t(ECHO | ISIG)
        withUnsafeMutableBytes(of: &hidden.c_cc) { $0[Int(VEOL)] = breakCharacter }
        guard tcsetattr(terminal, TCSAFLUSH, &hidden) == 0 else {
            signals.release()
            throw noHiding
        }
        say(prompt, to: terminal)
        let result = body(signals)
        tcsetattr(terminal, TCSAFLUSH, &usual)
        say("\n", to: terminal)
        signals.release()
        return result
    }

    private static var noHiding: StationFailure {
        StationFailure(.noPermission, "the terminal cannot hide what is typed")
    }

    private static let patienceMilliseconds: Int32 = 100

    /// `false` where a signal came that ends the process.
    private static func waitForInput(
        at terminal: Int32, unless signals: borrowing CaughtSignals
    ) -> Bool {
        while !signals.endingSignalCame {
            var wait = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
            // A signal may interrupt the wait.
            if poll(&wait, 1, patienceMilliseconds) > 0 { return true }
        }
        return false
    }

    private static func say(_ text: String, to terminal: Int32) {
        _ = Array(text.utf8).withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
    }

    /// `nil` where the line was broken off, by `^C` or by the end of input.
    private static func readLine(
        from terminal: Int32, into line: inout SecretBytes, unless signals: borrowing CaughtSignals
    ) -> Int? {
        guard waitForInput(at: terminal, unless: signals) else { return nil }
        return line.withUnsafeMutableBytes { line in
            let count = read(terminal, line.baseAddress, line.count)
            guard count > 0, !line.prefix(count).contains(breakCharacter) else { return nil }
            return count
        }
    }
}
