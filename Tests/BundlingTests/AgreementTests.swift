import LicenseToken
import Signatures
import Signing
import Testing

@testable import Bundles

/// Bundles that the vendor's key has signed, and whose files say different things.
struct AgreementTests {
    /// A file, what is replaced in it with what, and a word of the refusal.
    struct Change: Sendable, CustomTestStringConvertible {
        let path: String
        let old: String
        let new: String
        let reason: String

        init(_ path: String, _ old: String, _ new: String, _ reason: String) {
            (self.path, self.old, self.new, self.reason) = (path, old, new, reason)
        }

        var testDescription: String { "\(path): \(new)" }
    }

    private static func refusal(
        of fixture: borrowing Fixture, changing change: (String, String) -> String?
    ) throws -> String {
        let tar = try fixture.signedTar(changing: change)
        do throws(BundleError) {
            _ = try verify(tar, trusting: fixture.key.verificationKey)
            return ""
        } catch {
            return error.description
        }
    }

    @Test func `a bundle that is only signed anew is sound`() throws {
        let fixture = try Fixture.make()
        #expect(try Self.refusal(of: fixture) { $1 } == "")
    }

    @Test(arguments: [
        Change("manifest.json", "2027-11-23", "2035-11-23", "another term than its token"),
        Change("manifest.json", #"e": "2026-11-23"#, #"e": "2026-11-24"#, "another term"),
        Change("manifest.json", "Acme prod", "Acme Prod", "README.txt does not say"),
        Change("manifest.json", #""kid": ""#, #""kid": "_"#, "manifest.json has not the form"),
        Change("manifest.json", "-010101010101\"", "-010101010102\"", "another id than"),
        Change("manifest.json", "example.com", "example.org", "issued by"),
        Change("manifest.json", #""customer": "acme""#, #""customer": "emca""#, "customer"),
        Change("manifest.json", "-000017\"", "-17\"", "different bundles"),
        Change("manifest.json", #"issuedAt": "2026"#, #"issuedAt": "2025"#, "another time"),
        Change("manifest.json", #""kid""#, #""more": 1, "kid""#, "manifest.json has not the form"),
        Change("manifest.json", "日本", "日\\u0001", "manifest.json has not the form"),
        Change("manifest.json", "日本", "", "manifest.json has not the form"),
        Change(
            "manifest.json", "      \"kid\"",
            "      \"noticeDays\": -9223372036854775808,\n      \"kid\"",
            "manifest.json has not the form"),
        Change(
            "manifest.json", "      \"kid\"", "      \"product\": \"a\\\"b\",\n      \"kid\"",
            "does not say of licenses/"),
        Change("manifest.json", "  ", "\t", "manifest.json has not the form"),
        Change("manifest.json", "T00:00:00Z", "", "manifest.json has not the form"),
        Change(
            "manifest.json", #""name": "日本""#, #""name": "日本",\#n      "description": "x""#,
            "index.html does not say"),
        Change("jwks.json", "  ", " ", "jwks.json has not the form"),
        Change("jwks.json", #""use""#, #""more": 1, "use""#, "jwks.json has not the form"),
        Change("jwks.json", #""x": ""#, #""x": "_"#, "jwks.json has not the form"),
        Change("public-key.pem", "-----BEGIN", "Hello\n-----BEGIN", "public-key.pem has not"),
        Change("README.txt", "to 2027-11-23", "to 2035-11-23", "README.txt does not say"),
        Change("README.txt", "  日本", "  日", "README.txt does not say"),
        Change("README.txt", "010101010101\n    f", "010101010102\n    f", "README.txt does not"),
        Change("README.txt", "Issued by https", "Issued by http", "README.txt does not say"),
        Change("README.txt", "SHA256SUMS.sig)", "README.txt)", ""),
        Change("README.txt", "Nothing here", "No part of this", ""),
        Change("index.html", "&quot;expiresAt&quot;:18", "&quot;expiresAt&quot;:19", "index.html"),
        Change("index.html", "&quot;kid&quot;:&quot;", "&quot;kid&quot;:&quot;x", "index.html"),
        Change("index.html", "<title>License keys for acme", "<title>Keys for emca", "index.html"),
        Change("index.html", "data-signed=\"2\"", "data-signed=\"3\"", "index.html does not say"),
        Change("index.html", "How to deploy it", "Deploying it", ""),
        Change(
            "licenses/acme-production-010101010101/license.env", "LICENSE_KEY=", "LICENSE_KEY= ",
            "license.env is not what coldmint writes"),
        Change(
            "licenses/acme-production-010101010101/helm-values.yaml", "\"\n", "\"\nmore: 1\n",
            "helm-values.yaml is not what coldmint writes"),
        Change(
            "licenses/license-020202020202/kubernetes-secret.yaml", "name: \"license", "name: \"l",
            "kubernetes-secret.yaml is not what coldmint writes"),
    ])
    func `files that say different things are refused, other words are not`(
        change: Change
    ) throws {
        let fixture = try Fixture.make()
        var isChanged = false
        let refusal = try Self.refusal(of: fixture) { path, text in
            guard path == change.path else { return text }
            let changed = text.replacing(change.old, with: change.new)
            isChanged = changed != text
            return changed
        }
        #expect(isChanged)
        #expect(refusal.contains(change.reason))
        #expect(!change.reason.isEmpty || refusal == "")
    }

    @Test func `a fingerprint other than the key's is refused, spoken or not`() throws {
        let fixture = try Fixture.make()
        let digest = PublicKeyPEM.fingerprint(fixture.key.verificationKey)
        let other = SHA256Digest(of: digest.bytes)
        for (old, new) in [
            (digest.description, other.description),
            (SpokenFingerprint.text(of: digest), SpokenFingerprint.text(of: other)),
        ] {
            for file in ["README.txt", "index.html"] {
                let refusal = try Self.refusal(of: fixture) { path, text in
                    path == file ? text.replacing(old, with: new) : text
                }
                #expect(refusal.contains("\(file) does not say"))
            }
        }
    }

    @Test func `licenses in another order than the manifest's are refused`() throws {
        let fixture = try Fixture.make(names: ["A", "B", "C"])
        let refusal = try Self.refusal(of: fixture) { path, text in
            guard path == "README.txt" else { return text }
            return text.replacing("  A\n", with: "  #\n").replacing("  B\n", with: "  A\n")
                .replacing("  #\n", with: "  B\n")
        }
        #expect(refusal.contains("README.txt does not say"))
    }

    @Test func `a key set that does not begin with the signing key is refused`() throws {
        let fixture = try Fixture.make()
        let own = JWK(fixture.key.verificationKey)
        let other = JWK(try SigningKey.generate().verificationKey)
        for keys in [[other, own], [other], [own, own]] {
            let text = String(decoding: JWKSet(keys).encoded(), as: UTF8.self)
            let refusal = try Self.refusal(of: fixture) { $0 == "jwks.json" ? text : $1 }
            #expect(refusal.contains("jwks.json"))
        }
    }

    @Test func `a license without the files that others have is refused`() throws {
        let fixture = try Fixture.make()
        let fewer = try Self.refusal(of: fixture) { path, text in
            path == "licenses/license-020202020202/license.env" ? nil : text
        }
        #expect(fewer.contains("has other files than the licenses before it"))
    }

    @Test func `every choice of files is sound, with a vendor's name and without`() throws {
        let all = Presentation.OptionalFile.allCases
        for bits in 0..<1 << all.count {
            let files = all.indices.filter { bits >> $0 & 1 == 1 }.map { all[$0] }
            let presentation = Presentation(
                vendorName: bits % 2 == 0 ? "Example & Sons" : nil,
                supportContact: bits % 3 == 0 ? "<help@example.com>" : nil, files: Set(files))
            let fixture = try Fixture.make(presentation: presentation)
            #expect(try verify(fixture.tar()).licenses.count == 2)
        }
    }

    @Test func `bundles are sound with no license, with many, and with a token that is long`()
        throws
    {
        for names in [[], ["<b> \"&' \\"], (1...101).map { "A \($0)" }, (1...1001).map { "\($0)" }]
        {
            let fixture = try Fixture.make(names: names)
            #expect(try verify(fixture.tar()).licenses.map(\.name) == names)
        }
        let payload = #""long":"\#(String(repeating: "x", count: 100_000))""#
        let long = try Fixture.make(payload: payload)
        #expect(try verify(long.tar()).licenses.count == 2)
    }
}
