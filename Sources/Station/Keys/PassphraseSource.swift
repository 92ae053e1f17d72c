import DurableFiles
import Failures
import Foundation
import Signing
import Synchronization
package import SystemPackage

/// Where a passphrase comes from: a file, a credential of systemd's, or a person at a terminal.
/// Never an argument or an environment variable, which others can see.
package final class PassphraseSource: Sendable {
    /// Of the file in `$CREDENTIALS_DIRECTORY` that systemd hands to a service.
    package static let credentialName = "coldmint-passphrase"

    private enum Origin {
        case file(FilePath)
        case credential(FilePath)
        case terminal
        case nowhere
    }

    private let origin: Origin
    private let option: String
    private let purpose: String?
    /// What was typed or came through a pipe, and cannot be had a second time.
    private let kept = Mutex<Kept?>(nil)

    private final class Kept: Sendable {
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
        variables: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.option = option
        purpose = newPurpose
        let credentials = variables["CREDENTIALS_DIRECTORY"].map {
            FilePath($0).appending(Self.credentialName)
        }
        if let file {
            origin = .file(file)
        } else if newPurpose == nil, let credentials, FileStatus.isFound(at: credentials) {
            origin = .credential(credentials)
        } else {
            origin = TerminalPrompt.isPossible ? .terminal : .nowhere
        }
    }

    /// Whether there is anybody to ask, or anything to read.
    package var isAvailable: Bool {
        if case .nowhere = origin { false } else { true }
    }

    /// Whether a person will be asked.
    var isFromTerminal: Bool {
        if case .terminal = origin { true } else { false }
    }

    func withPassphrase<Result: ~Copyable>(
        for what: String, _ body: (borrowing Passphrase) throws(StationFailure) -> Result
    ) throws(StationFailure) -> Result {
        if let known = kept.withLock({ $0 }) { return try body(known.passphrase) }
        switch origin {
        case .file(let path) where isRegular(path):
            return try body(try read(path, .privateFileOrLink))
        case .file(let path): return try body(keep(try read(path, .anything)).passphrase)
        // systemd lets the service's user in by an access control list, which looks like a mode
        // that is too wide.
        case .credential(let path): return try body(try read(path, .anything))
        case .terminal: return try body(keep(try ask(what)).passphrase)
        case .nowhere:
            throw StationFailure(
                .noPermission,
                "a passphrase is needed for \(what): give \(option), or run coldmint on a terminal")
        }
    }

    private func keep(_ passphrase: consuming Passphrase) -> Kept {
        let passphrase = Kept(passphrase)
        kept.withLock { $0 = passphrase }
        return passphrase
    }

    private func read(
        _ path: FilePath, _ access: SecretFile.Access
    ) throws(StationFailure) -> Passphrase {
        let text = try SecretFile.read(path, upTo: Passphrase.maximumByteCount + 2, access)
        return try mappingKeyErrors(at: path.string) { () throws(SigningError) in
            try text.withUnsafeBytes { text throws(SigningError) in
                try Passphrase.read(from: text)
            }
        }
    }

    private func ask(_ what: String) throws(StationFailure) -> Passphrase {
        guard let purpose else { return try TerminalPrompt.ask("passphrase for \(what): ") }
        return try TerminalPrompt.askTwice("new passphrase for \(purpose): ")
    }
}

/// Whether a file can be read more than once, as a pipe cannot.
private func isRegular(_ path: FilePath) -> Bool {
    // Why it cannot be inspected is thrown away: the attempt to read it says so.
    (try? FileStatus(of: path))?.isRegular ?? false
}
