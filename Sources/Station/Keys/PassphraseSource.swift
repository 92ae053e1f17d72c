import Foundation
import Glibc
import Signing
import Spool
import Synchronization
package import SystemPackage

/// Where a passphrase comes from: a file, a credential of systemd's, or a person at a terminal.
/// Never an argument or an environment variable, which others can see.
package final class PassphraseSource: Sendable {
    /// Of the file in `$CREDENTIALS_DIRECTORY` that systemd hands to a service.
    package static let credentialName = "coldmint-passphrase"

    private enum Origin {
        case file(FilePath)
        case terminal
        case nowhere
    }

    private let origin: Origin
    private let option: String
    private let purpose: String?
    /// What was typed, so that a person is asked once.
    private let typed = Mutex<Typed?>(nil)

    private final class Typed: Sendable {
        let passphrase: Passphrase

        init(_ passphrase: consuming Passphrase) {
            self.passphrase = passphrase
        }
    }

    /// - Parameters:
    ///   - file: what the option named, if it was given.
    ///   - option: the option's name, for messages.
    ///   - newPurpose: what a new passphrase is for; where it is given, it is asked for twice and
    ///     the credential, which is the old one, does not count.
    package init(
        file: FilePath?, option: String = "--passphrase-file", newPurpose: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.option = option
        purpose = newPurpose
        let credentials = environment["CREDENTIALS_DIRECTORY"].map {
            FilePath($0).appending(Self.credentialName)
        }
        if let file {
            origin = .file(file)
        } else if newPurpose == nil, let credentials, credentials.isThere {
            origin = .file(credentials)
        } else {
            origin = isatty(STDIN_FILENO) == 1 ? .terminal : .nowhere
        }
    }

    /// Whether there is anybody to ask, or anything to read.
    package var isAvailable: Bool {
        if case .nowhere = origin { false } else { true }
    }

    func withPassphrase<Result: ~Copyable>(
        for what: String, _ body: (borrowing Passphrase) throws(StationFailure) -> Result
    ) throws(StationFailure) -> Result {
        switch origin {
        case .file(let path):
            let text = try SecretFile.read(
                path, upTo: Passphrase.maximumByteCount + 2, isPlain: false)
            return try body(
                try signing(at: path.string) { () throws(SigningError) in
                    try text.withUnsafeBytes { text throws(SigningError) in
                        try Passphrase.read(from: text)
                    }
                })
        case .terminal: return try body(try asked(what).passphrase)
        case .nowhere:
            throw StationFailure(
                .noPermission,
                "a passphrase is needed for \(what): give \(option), or run coldmint on a terminal")
        }
    }

    private func asked(_ what: String) throws(StationFailure) -> Typed {
        if let known = typed.withLock({ $0 }) { return known }
        let passphrase: Passphrase
        if let purpose {
            passphrase = try TerminalPrompt.askTwice("new passphrase for \(purpose): ")
        } else {
            passphrase = try TerminalPrompt.ask("passphrase for \(what): ")
        }
        let typed = Typed(passphrase)
        self.typed.withLock { $0 = typed }
        return typed
    }
}

extension FilePath {
    fileprivate var isThere: Bool {
        withPlatformString { access($0, F_OK) } == 0
    }
}
