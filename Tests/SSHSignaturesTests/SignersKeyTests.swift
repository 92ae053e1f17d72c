import Signatures
import Testing

@testable import SSHSignatures

func base64(_ bytes: [UInt8]) -> String {
    Base64.standard.encodeToString(bytes)
}

/// The key of a line.
struct SignersKeyTests {
    private let key: TestKey

    init() throws {
        key = try TestKey()
    }

    @Test(arguments: [
        "ssh-rsa", "ssh-dss", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ecdsa-sha2-nistp256@openssh.com", "ssh-ed25519-cert-v01@openssh.com",
        "sk-ssh-ed25519-cert-v01@openssh.com", "ssh-rsa-cert-v01@openssh.com",
    ])
    func `another type of key is refused by name`(type: String) {
        #expect(reasons(in: "alice \(type) AAAA") == [.unsupportedKeyType(type)])
        #expect(
            reasons(in: "alice namespaces=\"x\" \(type) AAAA") == [.unsupportedKeyType(type)])
    }

    @Test func `a type that nobody knows is refused after options, and is an option before`() {
        #expect(
            reasons(in: "alice namespaces=\"x\" ssh-new AAAA") == [.unsupportedKeyType("ssh-new")])
        #expect(reasons(in: "alice ssh-new AAAA") == [.unknownOption("ssh-new")])
    }

    @Test(arguments: [
        "alice", "alice ", "alice ssh-ed25519", "alice ssh-ed25519 \t", "alice namespaces=\"x\"",
        "alice namespaces=\"x\" ", "alice namespaces=\"x\" ssh-ed25519 ",
    ])
    func `a line without a key is refused`(text: String) {
        #expect(reasons(in: text) == [.noKey])
    }

    @Test func `a key that is not canonical base64 is refused`() {
        let text = base64(key.publicKey.blob)
        for bad in [
            String(text.dropLast()), text + "=", text + "A", "=" + text, "-" + text.dropFirst(),
            "é" + text.dropFirst(), text.dropLast(3) + "=",
        ] {
            #expect(reasons(in: "alice ssh-ed25519 \(bad)") == [.keyNotBase64])
        }
    }

    @Test func `a key that is cut off or too long is refused`() {
        let blob = key.publicKey.blob
        #expect(
            reasons(in: "alice ssh-ed25519 \(base64(Array(blob.dropLast(3))))")
                == [.badKey(.truncated)])
        #expect(
            reasons(in: "alice ssh-ed25519 \(base64(blob + [0, 0, 0]))")
                == [.badKey(.trailingBytes)])
    }

    @Test func `a weak key is refused`() {
        let blob = TestKey.blob(of: [UInt8](repeating: 0, count: 32))
        #expect(reasons(in: "alice ssh-ed25519 \(base64(blob))") == [.badKey(.weakKey)])
    }

    @Test func `the type of the line must be the key's`() throws {
        let device = try TestKey(application: "ssh:")
        #expect(
            reasons(in: "alice ssh-ed25519 \(base64(device.publicKey.blob))")
                == [
                    .otherKeyType(written: "ssh-ed25519", held: "sk-ssh-ed25519@openssh.com")
                ])
        #expect(
            reasons(in: "alice sk-ssh-ed25519@openssh.com \(base64(key.publicKey.blob))")
                == [
                    .otherKeyType(written: "sk-ssh-ed25519@openssh.com", held: "ssh-ed25519")
                ])
    }
}
