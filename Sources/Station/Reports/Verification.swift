import Bundling
import CalendarTime
import DurableFiles
import Foundation
import LicenseToken
import Signing
import Spool
package import StrictJSON
import SystemPackage

/// Checks bundles and tokens as their customer would: without a station.
package struct Verification: Sendable {
    package struct Verdict: Sendable {
        package let isValid: Bool
        /// For people.
        package let lines: [String]
        /// What the verdict leaves open.
        package let warning: String?
        package let json: OrderedJSON
    }

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
    package func verdict(on file: String) throws(StationFailure) -> Verdict {
        let input = try Self.input(file)
        let start = try input.start(file)
        return Self.isText(start)
            ? try tokenVerdict(file, input) : try bundleVerdict(file, input)
    }

    /// A token is plain text; an archive, damaged and compressed ones included, is not.
    private static func isText(_ start: [UInt8]) -> Bool {
        !start.isEmpty && start.allSatisfy { (0x09...0x7e).contains($0) }
    }

    private static func input(_ file: String) throws(StationFailure) -> ReadableFile {
        do throws(FileSystemError) {
            return try ReadableFile.rereadable(at: FilePath(file))
        } catch {
            throw StationFailure(error.isMissing ? .noInput : .inputOutput, error.description)
        }
    }

    // MARK: - Bundles

    private func bundleVerdict(
        _ file: String, _ input: borrowing ReadableFile
    ) throws(StationFailure) -> Verdict {
        do throws(BundleError) {
            let bundle = try VerifiedBundle(
                readingFrom: input.descriptor, trusting: trustedKey)
            return verdict(file, bundle)
        } catch {
            // What the system could not read is neither sound nor unsound.
            if case .inputOutput = error { throw StationFailure(error, at: file) }
            return Verdict(file, refused: error.description)
        }
    }

    private func verdict(_ file: String, _ bundle: VerifiedBundle) -> Verdict {
        let fingerprint = PublicKeyPEM.fingerprint(bundle.publicKey).description
        let items = bundle.licenses.map { item in
            OrderedJSON.object([
                "id": .string(item.license.subject), "name": .string(item.name),
                "notBefore": .string(item.license.term.notBefore.description),
                "expiresAt": .string(item.license.term.expiresAt.description),
                "state": .string(state(item.license.term).rawValue), "path": .string(item.path),
            ])
        }
        let lines = bundle.licenses.map { item in
            let term = item.license.term
            return "  \(item.license.subject)  \(term.notBefore.dateOnly) to "
                + "\(term.expiresAt.dateOnly)  \(state(term).rawValue)  \(item.name)"
        }
        let isTrusted = trustedKey != nil
        return Verdict(
            isValid: true,
            lines: [
                "\(file): bundle \(bundle.name) for \(bundle.customer), issued by "
                    + "\(bundle.issuer), is sound; "
                    + "\(items.count) license\(items.count == 1 ? "" : "s")"
            ] + lines,
            warning: isTrusted
                ? nil
                : "\(file): the key in the bundle itself was used, its fingerprint is "
                    + "\(fingerprint): compare it with the vendor's by another way, or give "
                    + "--public-key",
            json: .object([
                "file": .string(file), "valid": true, "kind": "bundle",
                "bundle": .string(bundle.name), "customer": .string(bundle.customer),
                "issuer": .string(bundle.issuer),
                "kid": .string(KeyID(of: bundle.publicKey).description),
                "fingerprint": .string(fingerprint), "trusted": .bool(isTrusted),
                "licenses": .array(items),
            ]))
    }

    private func state(_ term: License.Term) -> LicenseView.State {
        if term.expiresAt <= now { return .expired }
        return term.notBefore <= now ? .valid : .notYetValid
    }

    // MARK: - Tokens

    private func tokenVerdict(
        _ file: String, _ input: borrowing ReadableFile
    ) throws(StationFailure) -> Verdict {
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
            return verdict(file, try verifier.verify(text, at: date))
        } catch {
            return Verdict(file, refused: error.description)
        }
    }

    private func verdict(_ file: String, _ license: License) -> Verdict {
        Verdict(
            isValid: true,
            lines: [
                "\(file): license \(license.subject), issued by \(license.issuer), is valid until "
                    + "\(license.term.expiresAt)"
            ], warning: nil,
            json: .object([
                "file": .string(file), "valid": true, "kind": "token",
                "id": .string(license.subject), "issuer": .string(license.issuer),
                "notBefore": .string(license.term.notBefore.description),
                "expiresAt": .string(license.term.expiresAt.description),
                "kid": .string(license.kid.description), "trusted": true,
            ]))
    }
}

extension Verification.Verdict {
    fileprivate init(_ file: String, refused reason: String) {
        isValid = false
        lines = ["\(file): not valid: \(reason)"]
        warning = nil
        json = .object([
            "file": .string(file), "valid": false, "reason": .string(reason),
        ])
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
        try onDisk { () throws(FileSystemError) in try read(upTo: 512) }
    }
}
