import Bundles
package import CalendarTime
import DurableFiles
package import Failures
import LicenseToken
import Signatures
import SystemPackage
import TransparencyLog

/// Checks bundles and tokens as their customer would: without a station.
package struct Verification: Sendable {
    private let trustedKey: VerificationKey?
    private let witnesses: [NoteVerifier]
    private let now: Timestamp

    /// - Parameter witnesses: as `--witness` names them; each must have cosigned what a bundle
    ///   carries of the log.
    package init(
        publicKeyFile: String?, witnesses: [String] = [], now: Timestamp
    ) throws(CommandFailure) {
        self.now = now
        self.witnesses = try witnesses.map { vkey throws(CommandFailure) in
            try NoteVerifier(witness: vkey)
        }
        guard let publicKeyFile else {
            trustedKey = nil
            return
        }
        let text = try Self.input(publicKeyFile).read(publicKeyFile, limit: 1 << 16)
        do throws(TokenError) {
            trustedKey = try PublicKeyPEM.decode(String(decoding: text, as: UTF8.self))
        } catch {
            throw CommandFailure(.dataError, "\(publicKeyFile): \(error)")
        }
    }

    /// `-` is standard input.
    package func verify(_ file: String) throws(CommandFailure) -> VerifiedFile {
        let input = try Self.input(file)
        let start = try input.start(file)
        return VerifiedFile(
            file: file,
            content: Self.isText(start)
                ? try verifyToken(file, input) : try verifyBundle(file, input),
            verifiedAt: now)
    }

    /// A token is plain text; an archive, damaged and compressed ones included, is not.
    private static func isText(_ start: [UInt8]) -> Bool {
        !start.isEmpty && start.allSatisfy { (0x09...0x7e).contains($0) }
    }

    private static func input(_ file: String) throws(CommandFailure) -> ReadableFile {
        do throws(FileSystemError) {
            return try ReadableFile.rereadable(at: FilePath(file)) { start in
                if isText(start) { return SignedToken.maximumByteCount + 1 }
                return VerifiedBundle.canBegin(with: start) ? .max : 4 * start.count
            }
        } catch {
            throw CommandFailure(readingNamedFile: error)
        }
    }

    // MARK: - Bundles

    private func verifyBundle(
        _ file: String, _ input: borrowing ReadableFile
    ) throws(CommandFailure) -> VerifiedFile.Content {
        do throws(BundleError) {
            let bundle = try VerifiedBundle(
                readingFrom: input.descriptor, trusting: trustedKey)
            return content(of: bundle)
        } catch {
            // What the system could not read is neither sound nor unsound.
            if case .inputOutput = error { throw CommandFailure(.inputOutput, "\(file): \(error)") }
            return .invalid(reason: error.description)
        }
    }

    /// A sound bundle is of no use to whoever wants a witness that it does not have.
    private func content(of bundle: VerifiedBundle) -> VerifiedFile.Content {
        var cosigners: [Cosigner] = []
        for witness in witnesses {
            guard let log = bundle.log else {
                return .invalid(
                    reason: "it was made before there was a log, and has nothing that "
                        + "\(witness.name) could have cosigned")
            }
            guard let cosigner = Cosigner(witness, of: log) else {
                return .invalid(
                    reason: "\(witness.name) has not cosigned what it carries of the log")
            }
            cosigners.append(cosigner)
        }
        return .soundBundle(bundle, isTrusted: trustedKey != nil, cosigners: cosigners)
    }

    // MARK: - Tokens

    private func verifyToken(
        _ file: String, _ input: borrowing ReadableFile
    ) throws(CommandFailure) -> VerifiedFile.Content {
        guard let trustedKey else {
            throw CommandFailure(
                .usage,
                "\(file): a text, so taken for a token: to check one, give the vendor's key "
                    + "with --public-key")
        }
        let bytes = try input.read(file, limit: SignedToken.maximumByteCount)
        let text = String(decoding: Self.trimmed(bytes), as: UTF8.self)
        let verifier = LicenseVerifier(keys: JWKSet([JWK(trustedKey)]), issuer: nil)
        do throws(TokenError) {
            return .validToken(try verifier.verify(text, at: now))
        } catch {
            return .invalid(reason: error.description)
        }
    }

    /// Without the white space around it.
    private static func trimmed(_ text: [UInt8]) -> ArraySlice<UInt8> {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d || $0 == 0x0a }
        let rest = text.drop(while: isSpace)
        return rest[..<(rest.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? rest.startIndex)]
    }
}

extension ReadableFile {
    fileprivate borrowing func read(
        _ file: String, limit: Int
    ) throws(CommandFailure) -> [UInt8] {
        let bytes = try onDisk { () throws(FileSystemError) in try read(upTo: limit + 1) }
        guard bytes.count <= limit else {
            throw CommandFailure(.dataError, "\(file): larger than anything that can be checked")
        }
        return bytes
    }

    fileprivate borrowing func start(_ file: String) throws(CommandFailure) -> [UInt8] {
        try onDisk { () throws(FileSystemError) in try read(upTo: Self.startByteCount) }
    }
}

/// Reads, where an error of the system is a failure of the command.
private func onDisk<Result>(
    _ body: () throws(FileSystemError) -> Result
) throws(CommandFailure) -> Result {
    do throws(FileSystemError) {
        return try body()
    } catch {
        throw CommandFailure(error)
    }
}
