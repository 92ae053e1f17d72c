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
        var line = try signing(at: "terminal") { () throws(SigningError) in
            try SecretBytes(count: Passphrase.maximumByteCount + 2)
        }
        let count = try withoutEcho(terminal, prompt) { readLine(from: terminal, into: &line) }
        guard let count else {
            throw StationFailure(.noPermission, "no passphrase was typed")
        }
        return try signing(at: "terminal") { () throws(SigningError) in
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

    /// Signals that would end or stop the process are held back, so that the echo is never left
    /// off: `^C` is made a character that ends the line.
    private static func withoutEcho<Result>(
        _ terminal: Int32, _ prompt: String, _ body: () -> Result
    ) throws(StationFailure) -> Result {
        let before = holdSignals()
        defer { letSignalsThrough(before) }
        var usual = termios()
        guard tcgetattr(terminal, &usual) == 0 else {
            throw StationFailure(.noPermission, "the terminal cannot hide what is typed")
        }
        var hidden = usual
        hidden.c_lflag &= ~tcflag_t(ECHO | ISIG)
        withUnsafeMutableBytes(of: &hidden.c_cc) { $0[Int(VEOL)] = breakCharacter }
        guard tcsetattr(terminal, TCSAFLUSH, &hidden) == 0 else {
            throw StationFailure(.noPermission, "the terminal cannot hide what is typed")
        }
        defer {
            tcsetattr(terminal, TCSAFLUSH, &usual)
            say("\n", to: terminal)
        }
        say(prompt, to: terminal)
        return body()
    }

    private static let heldSignals = [SIGINT, SIGTERM, SIGHUP]
    private static let patienceMilliseconds: Int32 = 100

    private static func holdSignals() -> sigset_t {
        var held = sigset_t()
        var before = sigset_t()
        sigemptyset(&held)
        for signal in heldSignals { sigaddset(&held, signal) }
        pthread_sigmask(SIG_BLOCK, &held, &before)
        return before
    }

    private static func letSignalsThrough(_ before: sigset_t) {
        var before = before
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }

    /// `false` where a signal came that is held back.
    private static func waitForInput(at terminal: Int32) -> Bool {
        while true {
            var wait = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
            if poll(&wait, 1, patienceMilliseconds) != 0 { return true }
            var pending = sigset_t()
            sigpending(&pending)
            if heldSignals.contains(where: { sigismember(&pending, $0) == 1 }) { return false }
        }
    }

    private static func say(_ text: String, to terminal: Int32) {
        _ = Array(text.utf8).withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
    }

    /// `nil` where the line was broken off, by `^C` or by the end of input.
    private static func readLine(from terminal: Int32, into line: inout SecretBytes) -> Int? {
        guard waitForInput(at: terminal) else { return nil }
        return line.withUnsafeMutableBytes { line in
            let count = read(terminal, line.baseAddress, line.count)
            guard count > 0, !line.prefix(count).contains(breakCharacter) else { return nil }
            return count
        }
    }
}
