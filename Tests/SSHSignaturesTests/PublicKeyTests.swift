import Signatures
import Testing

@testable import SSHSignatures

struct PublicKeyTests {
    /// From `ssh-keygen -t ed25519`; the fingerprint is what `ssh-keygen -l` prints.
    private static let base64 =
        "AAAAC3NzaC1lZDI1NTE5AAAAIP53Fx12nDVGS8pjznVyYipv9wjlJDJk9Y4FqnYX9JnR"

    private static func error(in blob: [UInt8]) -> SSHFormatError? {
        do throws(SSHFormatError) {
            _ = try SSHPublicKey(blob: blob)
            return nil
        } catch {
            return error
        }
    }

    private static func blob(type: String, _ parts: [UInt8]...) -> [UInt8] {
        var blob: [UInt8] = []
        blob.append(string: type.utf8)
        for part in parts { blob.append(string: part) }
        return blob
    }

    @Test func `a key has the fingerprint that ssh-keygen prints`() throws {
        let blob = try #require(Base64.standard.decode(Self.base64.utf8))
        let key = try SSHPublicKey(blob: blob)
        #expect(key.fingerprint == "SHA256:ZwKo/sdjzeqIgd1eCdE/KN0FnTVmRKZBtAluhcICplI")
        #expect(key.typeName == "ssh-ed25519")
        #expect(key.kind == .ed25519)
        #expect(key.blob == blob)
    }

    @Test(arguments: ["ssh:", "", "ssh:work", "é", "https://example.com"])
    func `a security key keeps its application`(application: String) throws {
        let key = try TestKey(application: application).publicKey
        #expect(key.kind == .securityKey(application: Array(application.utf8)))
        #expect(key.typeName == "sk-ssh-ed25519@openssh.com")
        #expect(try SSHPublicKey(blob: key.blob) == key)
    }

    @Test func `keys of the same point are not the same where type or application differ`() throws {
        let point = try TestKey().publicKey.key.bytes
        let keys = try [nil, "ssh:", "ssh:work"].map {
            try SSHPublicKey(blob: TestKey.blob(of: point, application: $0))
        }
        #expect(Set(keys).count == 3)
        #expect(Set(keys.map(\.fingerprint)).count == 3)
    }

    @Test(arguments: [
        "", "ssh-rsa", "ssh-dss", "ecdsa-sha2-nistp256", "sk-ecdsa-sha2-nistp256@openssh.com",
        "ssh-ed25519-cert-v01@openssh.com", "ssh-ed25519\0", "SSH-ED25519", " ssh-ed25519",
    ])
    func `another type is refused by name`(type: String) throws {
        let point = try TestKey().publicKey.key.bytes
        #expect(
            Self.error(in: Self.blob(type: type, point))
                == .unsupportedKeyType(type.replacing("\0", with: "?")))
    }

    @Test(arguments: [0, 31, 33, 64])
    func `a key of another length is refused`(count: Int) {
        let bytes = [UInt8](repeating: 9, count: count)
        #expect(Self.error(in: Self.blob(type: "ssh-ed25519", bytes)) == .wrongKeyLength(count))
    }

    @Test func `bytes after the key are refused`() throws {
        let point = try TestKey().publicKey.key.bytes
        #expect(Self.error(in: Self.blob(type: "ssh-ed25519", point, [])) == .trailingBytes)
        #expect(
            Self.error(in: Self.blob(type: "sk-ssh-ed25519@openssh.com", point, [], []))
                == .trailingBytes)
    }

    @Test func `a key cut off anywhere is refused`() throws {
        for application in [nil, "ssh:"] {
            let blob = try TestKey(application: application).publicKey.blob
            for count in blob.indices {
                let error = Self.error(in: Array(blob.prefix(count)))
                #expect(error == .truncated)
            }
        }
    }

    /// ssh would hash what stands before the zero, and take two keys for the same.
    @Test(arguments: ["\0", "ssh:\0", "ssh:\0x"])
    func `an application with a zero byte is refused`(application: String) throws {
        let point = try TestKey().publicKey.key.bytes
        let blob = Self.blob(
            type: "sk-ssh-ed25519@openssh.com", point, Array(application.utf8))
        #expect(Self.error(in: blob) == .applicationWithNUL)
    }

    @Test(arguments: [
        // The points of small order, in every encoding that a reader might take.
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        // No point of the curve.
        "0200000000000000000000000000000000000000000000000000000000000000",
        // A good key and a point of order eight, added.
        "b502ff3d92e31d8190b4aa4ea0414005167fad089c4de9dac8a2fc850fed4f58",
    ])
    func `a key that is no point of the main group is refused`(digits: String) throws {
        let point = try #require(Hex.decode(digits.utf8))
        #expect(Self.error(in: TestKey.blob(of: point)) == .weakKey)
        #expect(Self.error(in: TestKey.blob(of: point, application: "ssh:")) == .weakKey)
    }
}
