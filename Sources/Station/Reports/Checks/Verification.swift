import Bundling
import CalendarTime
import DurableFiles
import Foundation
import LicenseToken
import Signing
import SystemPackage

/// Checks bundles and tokens as their customer would: without a station.
package struct Verification: Sendable {
    private let trustedKey: VerificationKey?
    private let now: Timestamp

    package init(publicKeyFile: String?, environment: SystemEnvironment) throws(StationFailure) {
        now = try environment.now()
        guard let publicKeyFile else {
            trustedKey = nil
            return
        }
        let text = try Self.input(publicKeyFile).read(publicKeyFile, limit: 1 << 16)
        do throws(TokenError) {
            trustedKey = try PublicKeyPEM.decode(String(decoding: text, as: UTF8.self))
        } catch {
            throw StationFailure(.dataError, "\(publicKeyFile): \(error)")
        }
    }

    /// `-` is standard input.
    package func verify(_ file: String) throws(StationFailure) -> VerifiedFile {
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

    private static func input(_ file: String) throws(StationFailure) -> ReadableFile {
        do throws(FileSystemError) {
            return try ReadableFile.rereadable(at: FilePath(file)) { start in
                if isText(start) { return SignedToken.maximumByteCount + 1 }
                return VerifiedBundle.canBegin(with: start) ? .max : 4 * start.count
            }
        } catch {
            throw StationFailure(readingNamedFile: error)
        }
    }

    // MARK: - Bundles

    private func verifyBundle(
        _ file: String, _ input: borrowing ReadableFile
    ) throws(StationFailure) -> VerifiedFile.Content {
        do throws(BundleError) {
            let bundle = try VerifiedBundle(
                readingFrom: input.descriptor, trusting: trustedKey)
            return .soundBundle(bundle, isTrusted: trustedKey != nil)
        } catch {
            // What the system could not read is neither sound nor unsound.
            if case .inputOutput = error { throw StationFailure(error, at: file) }
            return .invalid(reason: error.description)
        }
    }

    // MARK: - Tokens

    private func verifyToken(
        _ file: String, _ input: borrowing ReadableFile
    ) throws(StationFailure) -> VerifiedFile.Content {
        guard let trustedKey else {
            throw StationFailure(
                .usage,
                "\(file): a text, so taken for a token: to check one, give the vendor's key "
                    + "with --public-key")
        }
        let bytes = try input.read(file, limit: SignedToken.maximumByteCount)
        let text = String(decoding: bytes, as: UTF8.self)
            .trimmingCharacters(in: CharacterSet(charactersIn: " \t\r\n"))
        let verifier = LicenseVerifier(keys: JWKSet([JWK(trustedKey)]), issuer: nil)
        do throws(TokenError) {
            let date = Date(timeIntervalSince1970: TimeInterval(now.secondsSinceEpoch))
            return .validToken(try verifier.verify(text, at: date))
        } catch {
            return .invalid(reason: error.description)
        }
    }
}

extension ReadableFile {
    fileprivate borrowing func read(
        _ file: String, limit: Int
    ) throws(StationFailure) -> [UInt8] {
        let bytes = try onDisk { () throws(FileSystemError) in try read(upTo: limit + 1) }
        guard bytes.count <= limit else {
            throw StationFailure(.dataError, "\(file): larger than anything that can be checked")
        }
        return bytes
    }

    fileprivate borrowing func start(_ file: String) throws(StationFailure) -> [UInt8] {
        try onDisk { () throws(FileSystemError) in try read(upTo: Self.startByteCount) }
    }
}
