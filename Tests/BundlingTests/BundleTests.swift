import LicenseToken
import Signatures
import Signing
import Testing

@testable import Bundles
@testable import Bundling

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
        let text = checksums(of: [("a", Array("x".utf8)), ("b/c", Array("x".utf8))])
        let sums = try Checksums(parsing: text)
        #expect(sums.entries.map(\.path) == ["a", "b/c"])
        #expect(sums.entries.allSatisfy { $0.digest == digest })
        #expect(sums.title == nil)
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

    @Test func `only the licenses that a bundle was outlined with are written`() throws {
        let fixture = try Fixture.make(names: ["A", "B"])
        let (bundle, licenses) = (fixture.bundle, fixture.bundle.licenses)
        var renamed = licenses[0]
        renamed.name = "C"
        for written in [[], [licenses[0]], [licenses[1]], [renamed], licenses + [licenses[1]]] {
            let file = try TemporaryFile()
            var outline = BundleOutline(bundle.head)
            for license in licenses { try outline.add(license) }
            var writer = try BundleWriter(
                outline, keys: bundle.keys, signedBy: fixture.key.verificationKey,
                to: file.descriptor)
            var refusal: BundleError?
            do throws(BundleError) {
                for license in written { try writer.add(license) }
                _ = try writer.finish(signedBy: fixture.key)
            } catch {
                refusal = error
            }
            #expect(refusal != nil)
        }
    }
}
