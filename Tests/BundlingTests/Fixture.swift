import CalendarTime
import Foundation
import LicenseToken
import SSHSignatures
import Signatures
import Signing
import Support
import Testing
import TokenSigning

@testable import Bundles
@testable import Bundling

/// A key, a bundle of two licenses, and its tar.
struct Fixture: ~Copyable {
    let key: SigningKey
    var bundle: TestBundle

    static func make(
        names: [String] = ["Acme production", "日本"], payload: String = #""seats":1"#,
        presentation: Presentation = Presentation()
    ) throws -> Fixture {
        let key = try SigningKey.generate()
        let signer = TokenSigner(for: key.verificationKey)
        let start = try Timestamp(parsing: "2026-11-23")
        let end = try Timestamp(parsing: "2027-11-23")
        var licenses: [IssuedLicense] = []
        for (place, name) in names.enumerated() {
            var random = [UInt8](
                repeating: UInt8(truncatingIfNeeded: place + 1), count: LicenseID.randomByteCount)
            random[1] = UInt8(truncatingIfNeeded: place >> 8)
            let id = try #require(LicenseID(milliseconds: 1, random: random))
            let claims = LicenseClaims(
                issuer: "https://example.com", id: id, issuedAt: start,
                term: LicenseTerm(notBefore: start, expiresAt: end),
                payloadMembers: Array(payload.utf8))
            let token = try signer.sign(claims, with: key)
            licenses.append(
                IssuedLicense(
                    id: id, name: name, customer: "acme", description: nil,
                    issuer: "https://example.com", issuedAt: start,
                    term: LicenseTerm(notBefore: start, expiresAt: end), kid: signer.jwk.keyID,
                    token: token,
                    tokenDigest: SHA256Digest(of: token.utf8)))
        }
        let head = BundleHead(
            name: BundleName(customer: "acme", run: 17), issuer: "https://example.com",
            issuedAt: start, presentation: presentation)
        let bundle = TestBundle(head: head, licenses: licenses, keys: JWKSet([signer.jwk]))
        return Fixture(key: key, bundle: bundle)
    }

    /// The tar, which is what the writer says, and passes its customer's check.
    func tar() throws -> [UInt8] {
        let file = try TemporaryFile()
        let digest = try bundle.write(to: file.descriptor, signedBy: key)
        _ = try VerifiedBundle(readingFrom: file.descriptor, trusting: key.verificationKey)
        let bytes = withExtendedLifetime(file) { file.bytes() }
        #expect(digest == SHA256Digest(of: bytes))
        return bytes
    }

    /// A tar whose files were changed before the vendor's key signed their checksums; those that
    /// become `nil` are left out.
    func signedTar(
        adding added: [BundleFile] = [],
        changing change: (_ path: String, _ text: String) -> String?
    ) throws -> [UInt8] {
        let root = "\(bundle.name)/"
        var raw = RawTar(try tar())
        let added = added.map { RawTar.Entry(root + $0.path, $0.bytes, time: raw.entries[0].time) }
        raw.entries = (raw.entries + added).sorted {
            $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
        }
        raw.entries = raw.entries.compactMap { entry in
            guard entry[.type] == "0", !entry.path.contains(BundleFile.checksums) else {
                return entry
            }
            let text = String(decoding: entry.content, as: UTF8.self)
            return change(String(entry.path.dropFirst(root.count)), text).map {
                RawTar.Entry(entry.path, Array($0.utf8), time: entry.time)
            }
        }
        let files = raw.entries.filter {
            $0[.type] == "0" && !$0.path.contains(BundleFile.checksums)
        }
        let sums = checksums(
            of: files.map { (String($0.path.dropFirst(root.count)), Array($0.content)) })
        let namespace = IssuerNamespace.ofBundles(bundle.head.issuer)
        let signature = key.sign(SSHSignature.textToSign(sums, namespace: namespace))
        let time = raw.entries[0].time
        for (path, bytes) in [
            (BundleFile.checksums, sums), (BundleFile.checksumsSignature, key.sign(sums).bytes),
            (
                BundleFile.checksumsSSHSignature,
                SSHSignature.armored(signature, by: key.verificationKey, namespace: namespace)
            ),
        ] {
            let place = try #require(raw.index(of: "/\(path)"))
            raw.entries[place] = RawTar.Entry(root + path, bytes, time: time)
        }
        return raw.bytes
    }
}

/// `SHA256SUMS` for these files, in their order.
func checksums(of files: [(path: String, bytes: [UInt8])]) -> [UInt8] {
    var text: [UInt8] = []
    for file in files {
        Checksums.appendLine(Array(file.path.utf8), SHA256Digest(of: file.bytes), to: &text)
    }
    return text
}

/// A bundle whose licenses are in memory.
struct TestBundle {
    var head: BundleHead
    var licenses: [IssuedLicense]
    var keys: JWKSet
    var name: BundleName { head.name }

    func write(
        to descriptor: Int32, signedBy key: borrowing SigningKey
    ) throws(BundleError) -> SHA256Digest {
        var outline = BundleOutline(head)
        for license in licenses { try outline.add(license) }
        var writer = try BundleWriter(
            outline, keys: keys, signedBy: key.verificationKey, to: descriptor)
        while let place = writer.nextLicenses(limit: 1).first { try writer.add(licenses[place]) }
        return try writer.finish(signedBy: key)
    }
}

/// A file without a name.
final class TemporaryFile {
    private let stream: UnsafeMutablePointer<FILE>
    var descriptor: Int32 { fileno(stream) }

    init(_ bytes: [UInt8] = []) throws {
        stream = try #require(tmpfile())
        #expect(write(fileno(stream), bytes, bytes.count) == bytes.count)
    }

    deinit {
        fclose(stream)
    }

    func bytes() -> [UInt8] {
        lseek(descriptor, 0, SEEK_SET)
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while case let count = read(descriptor, &piece, piece.count), count > 0 {
            all += piece.prefix(count)
        }
        return all
    }
}

func verify(
    _ tar: [UInt8], trusting key: VerificationKey? = nil
) throws(BundleError) -> VerifiedBundle {
    guard let file = try? TemporaryFile(tar) else { throw .notATar("no temporary file") }
    defer { withExtendedLifetime(file) {} }
    return try VerifiedBundle(readingFrom: file.descriptor, trusting: key)
}
