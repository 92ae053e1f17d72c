import Foundation
import Signatures
import Testing

@testable import Signing

/// Typed by somebody, and ended with the return key.
private func passphrase(_ text: String) throws -> Passphrase {
    try secret(Array("\(text)\n".utf8)).withUnsafeBytes { text throws(SigningError) in
        try Passphrase.read(from: text)
    }
}

/// RFC 8032, section 7.1, test 2.
private let seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
private let publicKey = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"

/// The least that Argon2id takes, so that many tests are quick.
private let light = KeyDerivation(passes: 1, memoryKiB: 8)

private func golden(_ name: String) throws -> [UInt8] {
    let url = try #require(
        Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Golden"))
    return Array(try Data(contentsOf: url))
}

/// The file with its checksum made right again, as somebody would who alters it on purpose.
private func resealed(_ text: String) -> [UInt8] {
    let body =
        text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(2)
        .joined(separator: "\n") + "\n"
    return Array((body + "sha256: \(SHA256Digest(of: body.utf8))\n").utf8)
}

struct EncryptedPrivateKeyTests {
    /// Files of this version, which every later one must open.
    @Test(arguments: ["light.key", "standard.key"])
    func `golden key files open`(name: String) throws {
        let bytes = try golden(name)
        let key = try EncryptedPrivateKey.decode(bytes, passphrase: passphrase("correct horse ☕"))
        #expect(Hex.encode(key.verificationKey.bytes) == publicKey)
        #expect(Hex.encode(try EncryptedPrivateKey.publicKey(of: bytes).bytes) == publicKey)
    }

    @Test func `the same key, salt and nonce give the golden file`() throws {
        let key = try signingKey(seed: seed)
        let header = EncryptedPrivateKey.Header(
            publicKey: key.verificationKey, derivation: try #require(light),
            salt: Array(0..<16), nonce: Array(100..<124))
        let bytes = try EncryptedPrivateKey.encode(
            key, passphrase: passphrase("correct horse ☕"), header: header)
        #expect(try bytes == golden("light.key"))
    }

    @Test func `what was written is read, and never the same twice`() throws {
        let key = try SigningKey.generate()
        let light = try #require(light)
        let files = try (0..<2).map { _ in
            try EncryptedPrivateKey.encode(key, passphrase: passphrase("x"), derivation: light)
        }
        #expect(files[0] != files[1])
        for file in files {
            let read = try EncryptedPrivateKey.decode(file, passphrase: passphrase("x"))
            #expect(read.verificationKey == key.verificationKey)
        }
    }

    @Test(arguments: ["", "Correct horse ☕", "correct horse", "correct horse ☕ ", "x"])
    func `another passphrase is a wrong one`(text: String) throws {
        let bytes = try golden("light.key")
        let expected: SigningError = text.isEmpty ? .emptyPassphrase : .wrongPassphrase
        #expect(throws: expected) {
            _ = try EncryptedPrivateKey.decode(bytes, passphrase: passphrase(text))
        }
    }

    @Test func `any byte that is not as it was written is damage`() throws {
        let bytes = try golden("light.key")
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 1
            let error = #expect(throws: SigningError.self) {
                _ = try EncryptedPrivateKey.publicKey(of: damaged)
            }
            #expect(error == .damagedKeyFile || error == .unknownKeyFile, "byte \(index)")
        }
        for count in [0, 1, 22, 23, 100, bytes.count - 1] {
            #expect(throws: SigningError.self) {
                _ = try EncryptedPrivateKey.publicKey(of: Array(bytes.prefix(count)))
            }
        }
        #expect(throws: SigningError.damagedKeyFile) {
            _ = try EncryptedPrivateKey.publicKey(of: bytes + [0x0a])
        }
    }

    @Test func `a checksum of bytes that are not UTF-8 is damage`() {
        let lines = ["coldmint private key 1", "", "", "", ""].joined(separator: "\n")
        let file = Array("\(lines)\n".utf8) + [UInt8](repeating: 0xff, count: 100) + [0x0a]
        #expect(throws: SigningError.damagedKeyFile) {
            try EncryptedPrivateKey.publicKey(of: file)
        }
    }

    @Test(arguments: [
        ("public: PUAXw", "public: PUAXx", SigningError.wrongPassphrase),
        ("argon2id 1 8 AAEC", "argon2id 1 9 AAEC", .wrongPassphrase),
        ("argon2id 1 8 AAEC", "argon2id 1 8 AQEC", .wrongPassphrase),
        ("poly1305 ZGVm", "poly1305 ZWVm", .wrongPassphrase),
        ("argon2id 1 8", "argon2id 01 8", .damagedKeyFile),
        ("argon2id 1 8", "argon2id 1 99999999", .damagedKeyFile),
        ("argon2id 1 8", "argon2id 0 8", .damagedKeyFile),
        ("argon2id 1 8", "argon2id -1 8", .damagedKeyFile),
        ("argon2id 1 8", "argon3 1 8", .unknownKeyFile),
        ("xchacha20-poly1305", "rot13", .unknownKeyFile),
        ("private key 1", "private key 2", .unknownKeyFile),
        ("public: ", "Public: ", .damagedKeyFile),
    ])
    func `the header is authenticated and has one form`(
        old: String, new: String, reason: SigningError
    ) throws {
        let text = String(decoding: try golden("light.key"), as: UTF8.self)
        try #require(text.contains(old))
        let altered = resealed(text.replacing(old, with: new))
        #expect(throws: reason) {
            _ = try EncryptedPrivateKey.decode(altered, passphrase: passphrase("correct horse ☕"))
        }
    }

    @Test func `a line end after a passphrase does not count, and there are limits`() throws {
        #expect(try passphrase("x").isSame(as: passphrase("x\r\n")))
        #expect(try passphrase("x").isSame(as: passphrase("x\n")))
        #expect(try !passphrase("x").isSame(as: passphrase("x ")))
        #expect(try !passphrase("x").isSame(as: passphrase("y")))
        #expect(throws: SigningError.emptyPassphrase) { _ = try passphrase("\n") }
        #expect(throws: SigningError.unusablePassphrase) { _ = try passphrase("a\0b") }
        _ = try passphrase(String(repeating: "x", count: 1024))
        #expect(throws: SigningError.unusablePassphrase) {
            _ = try passphrase(String(repeating: "x", count: 1025))
        }
    }

    /// Computed by the Python program in docs/key-file.md.
    @Test func `a fingerprint is spoken as the documentation says`() {
        #expect(
            SpokenFingerprint.text(of: SHA256Digest(of: "abc".utf8))
                == "93675 48432 05810 92261 52930 10736 80061 71248 81579 50333 30894 61878")
    }
}
