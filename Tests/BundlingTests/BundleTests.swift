import CalendarTime
import Foundation
import LicenseToken
import Signing
import Testing

@testable import Bundling

/// A key, a bundle of two licenses, and its tar.
private struct Fixture: ~Copyable {
    let key: SigningKey
    let bundle: LicenseBundle

    static func make(names: [String] = ["Acme production", "日本"]) throws -> Fixture {
        let key = try SigningKey.generate()
        let signer = TokenSigner(for: key.verificationKey)
        let start = try Timestamp(parsing: "2026-11-23")
        let end = try Timestamp(parsing: "2027-11-23")
        var licenses: [IssuedLicense] = []
        for (place, name) in names.enumerated() {
            let random = [UInt8](repeating: UInt8(place + 1), count: LicenseID.randomByteCount)
            let id = try #require(LicenseID(milliseconds: 1, random: random))
            let claims = LicenseClaims(
                issuer: "https://example.com", id: id, issuedAt: start, notBefore: start,
                expiresAt: end, payloadMembers: Array(#""seats":1"#.utf8))
            let token = try signer.sign(claims, with: key)
            licenses.append(
                IssuedLicense(
                    id: id, name: name, customer: "acme", description: nil,
                    issuer: "https://example.com", issuedAt: start, notBefore: start,
                    expiresAt: end, kid: signer.jwk.keyID, token: token,
                    tokenDigest: SHA256Digest(of: token.utf8)))
        }
        let bundle = LicenseBundle(
            name: BundleName(customer: "acme", run: 17), issuer: "https://example.com",
            issuedAt: start, licenses: licenses, keys: JWKSet([signer.jwk]))
        return Fixture(key: key, bundle: bundle)
    }

    func tar() throws -> [UInt8] {
        let file = try TemporaryFile()
        try bundle.write(to: file.descriptor, signedBy: key)
        return withExtendedLifetime(file) { file.bytes() }
    }
}

/// A file without a name.
private final class TemporaryFile {
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
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = read(descriptor, &bytes, bytes.count)
        return Array(bytes.prefix(max(0, count)))
    }
}

private func verify(
    _ tar: [UInt8], trusting key: VerificationKey? = nil
) throws(BundleError) -> VerifiedBundle {
    guard let file = try? TemporaryFile(tar) else { throw .notATar("no temporary file") }
    defer { withExtendedLifetime(file) {} }
    return try VerifiedBundle(readingFrom: file.descriptor, trusting: key)
}

struct BundleTests {
    @Test func `the same bundle always makes the same tar`() throws {
        let fixture = try Fixture.make()
        #expect(try fixture.tar() == fixture.tar())
    }

    @Test func `a bundle is read back as it was made`() throws {
        let fixture = try Fixture.make()
        let verified = try verify(fixture.tar(), trusting: fixture.key.verificationKey)
        #expect(verified.name == "acme-000017")
        #expect(verified.customer == "acme")
        #expect(verified.licenses.map(\.name) == ["Acme production", "日本"])
        #expect(
            verified.licenses.map(\.path) == [
                "licenses/acme-production-010101010101/license.jwt",
                "licenses/license-020202020202/license.jwt",
            ])
    }

    @Test func `another key than the trusted one is refused`() throws {
        let fixture = try Fixture.make()
        let other = try SigningKey.generate().verificationKey
        let tar = try fixture.tar()
        #expect(throws: BundleError.otherKey) { try verify(tar, trusting: other) }
    }

    @Test func `no altered byte of a file goes unnoticed`() throws {
        let tar = try Fixture.make().tar()
        let header = 512
        // Every 97th byte, past the first header: whatever it belongs to, it counts, except in
        // the padding after a file's end, which tar does not carry over.
        var noticed = 0
        for place in stride(from: header, to: tar.count, by: 97) where tar[place] != 0 {
            var altered = tar
            altered[place] ^= 1
            #expect(throws: BundleError.self, "byte \(place)") { try verify(altered) }
            noticed += 1
        }
        #expect(noticed > 40)
    }

    @Test func `a tar that ends too soon is refused wherever it ends`() throws {
        let tar = try Fixture.make().tar()
        for count in stride(from: 0, to: tar.count - 10_240, by: 512) {
            #expect(throws: BundleError.self, "\(count) bytes") {
                try verify(Array(tar.prefix(count)))
            }
        }
    }

    @Test func `the checksums read only what they write`() throws {
        let digest = SHA256Digest(of: "x".utf8)
        let sums = Checksums(
            bundle: "acme-000017",
            sortedEntries: [.init(path: "a", digest: digest), .init(path: "b/c", digest: digest)])
        let text = sums.encoded()
        #expect(try Checksums(parsing: text) == sums)
        #expect(text.starts(with: "# coldmint bundle 1 acme-000017\n".utf8))
        let lines = String(decoding: text, as: UTF8.self)
        for wrong in [
            "", lines + "\n", lines.replacing("  a", with: " *a"), lines + "\(digest)  a\n",
            lines.uppercased(), String(lines.dropLast()),
        ] {
            #expect(throws: BundleError.malformed("SHA256SUMS")) {
                try Checksums(parsing: Array(wrong.utf8))
            }
        }
    }

    @Test func `run numbers have six digits or as many as they need`() {
        #expect(BundleName(customer: "a", run: 7).path == "a/a-000007.tar")
        #expect(BundleName(customer: "a", run: 1_234_567).description == "a-1234567")
    }
}
