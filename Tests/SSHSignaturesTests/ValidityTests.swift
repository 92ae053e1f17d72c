import Signatures
import Testing

@testable import SSHSignatures

/// Whether the key's owner signed the file.
struct ValidityTests {
    private static let hashes = ["sha256", "sha512"]

    private static func isValid(_ signature: SSHSignature, for bytes: [UInt8] = file) -> Bool {
        signature.isValid(forDigest: signature.digest(among: SignedFileDigests(of: bytes)))
    }

    @Test(arguments: hashes, [nil, "ssh:"])
    func `a signature is valid for its file alone`(hash: String, application: String?) throws {
        let signature = try TestKey(application: application).signature(hash: hash)
        #expect(Self.isValid(signature))
        #expect(!Self.isValid(signature, for: file + [0]))
        #expect(!Self.isValid(signature, for: []))
        #expect(signature.hashAlgorithm.rawValue == hash)
    }

    @Test(arguments: hashes, [0, 31, 32, 33, 63, 64, 65])
    func `a digest of another length is never valid`(hash: String, count: Int) throws {
        let signature = try TestKey().signature(hash: hash)
        let right = signature.digest(among: SignedFileDigests(of: file))
        let digest = Array((right + right + right).prefix(count))
        #expect(signature.isValid(forDigest: digest) == (count == right.count))
    }

    @Test func `every byte that was signed counts`() throws {
        for key in [try TestKey(), try TestKey(application: "ssh:")] {
            let blob = key.parts().blob
            for index in blob.indices {
                var changed = blob
                changed[index] ^= 0x01
                // Bytes that are no signature any more are thrown away: they cannot be valid.
                guard let signature = try? SSHSignature(blob: changed) else { continue }
                #expect(!Self.isValid(signature), "byte \(index)")
            }
        }
    }

    @Test func `a signature of one namespace is none of another`() throws {
        var parts = try TestKey().parts()
        parts.namespace = Array("coldmint-request@example.net".utf8)
        #expect(!Self.isValid(try SSHSignature(blob: parts.blob)))
    }

    @Test func `a signature of one hash is none of the other`() throws {
        var parts = try TestKey().parts(hash: "sha256")
        parts.hash = Array("sha512".utf8)
        #expect(!Self.isValid(try SSHSignature(blob: parts.blob)))
    }

    @Test func `another key's signature is not valid`() throws {
        var parts = try TestKey().parts()
        parts.publicKey = try TestKey().publicKey.blob
        #expect(!Self.isValid(try SSHSignature(blob: parts.blob)))
    }

    /// ssh-keygen takes S and S + L for the same, so that anyone could make a second signature.
    @Test(arguments: [nil, "ssh:"])
    func `a signature whose S is not the smallest is not valid`(application: String?) throws {
        let order = try #require(
            Hex.decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010".utf8))
        var parts = try TestKey(application: application).parts()
        var carry = 0
        for index in 0..<32 {
            let sum = Int(parts.signature[32 + index]) + Int(order[index]) + carry
            parts.signature[32 + index] = UInt8(sum & 0xff)
            carry = sum >> 8
        }
        #expect(!Self.isValid(try SSHSignature(blob: parts.blob)))
    }

    // MARK: - Security keys

    @Test func `flags and counter of a security key are read`() throws {
        let presence = try #require(
            try TestKey(application: "ssh:").signature(flags: 0x05).presence)
        #expect(presence.flags == 0x05)
        #expect(presence.counter == 0x0102)
        #expect(presence.isUserPresent)
    }

    @Test(
        arguments: [
            (0x00, false), (0x01, true), (0x04, false), (0x05, true), (0xfe, false), (0xff, true),
        ] as [(UInt8, Bool)])
    func `the lowest flag says that somebody was there`(flags: UInt8, isPresent: Bool) throws {
        let signature = try TestKey(application: "ssh:").signature(flags: flags)
        #expect(signature.presence?.isUserPresent == isPresent)
        #expect(Self.isValid(signature))
    }

    @Test func `flags and counter are signed`() throws {
        let parts = try TestKey(application: "ssh:").parts()
        for index in 0..<5 {
            var changed = parts
            changed.presence[index] ^= 0x04
            #expect(!Self.isValid(try SSHSignature(blob: changed.blob)))
        }
    }

    @Test func `the application is signed`() throws {
        let key = try TestKey(application: "ssh:")
        var parts = key.parts()
        parts.publicKey = TestKey.blob(of: key.publicKey.key.bytes, application: "ssh:work")
        #expect(!Self.isValid(try SSHSignature(blob: parts.blob)))
    }

    @Test func `what a security key signed is no plain signature, nor the other way round`() throws
    {
        let device = try TestKey(application: "ssh:")
        var parts = device.parts()
        parts.publicKey = TestKey.blob(of: device.publicKey.key.bytes)
        parts.signatureType = Array("ssh-ed25519".utf8)
        parts.presence = []
        #expect(!Self.isValid(try SSHSignature(blob: parts.blob)))
        let plain = try TestKey()
        parts = plain.parts()
        parts.publicKey = TestKey.blob(of: plain.publicKey.key.bytes, application: "ssh:")
        parts.signatureType = Array("sk-ssh-ed25519@openssh.com".utf8)
        parts.presence = [1, 0, 0, 0, 0]
        #expect(!Self.isValid(try SSHSignature(blob: parts.blob)))
    }
}
