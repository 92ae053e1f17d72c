import CalendarTime
import Signatures
import Signing

@testable import SSHSignatures

let namespace = "coldmint-request@example.com"
let file = Array("hello\n".utf8)

/// A person's key, and what it signs.
final class TestKey: Sendable {
    private let secret: SigningKey
    let publicKey: SSHPublicKey

    init(application: String? = nil) throws {
        secret = try SigningKey.generate()
        publicKey = try SSHPublicKey(
            blob: Self.blob(of: secret.verificationKey.bytes, application: application))
    }

    static func blob(of key: [UInt8], application: String? = nil) -> [UInt8] {
        var blob: [UInt8] = []
        let type = application == nil ? "ssh-ed25519" : "sk-ssh-ed25519@openssh.com"
        blob.append(string: type.utf8)
        blob.append(string: key)
        if let application { blob.append(string: application.utf8) }
        return blob
    }

    func sign(_ bytes: [UInt8]) -> [UInt8] {
        secret.sign(bytes).bytes
    }

    /// The signature of a file in its parts, for a test to change one.
    func parts(
        signing file: [UInt8] = file, namespace: String = namespace, hash: String = "sha512",
        flags: UInt8 = 0x01
    ) -> SignatureParts {
        var parts = SignatureParts(publicKey: publicKey.blob, namespace: Array(namespace.utf8))
        parts.hash = Array(hash.utf8)
        parts.signatureType = Array(publicKey.typeName.utf8)
        var signed = Array("SSHSIG".utf8)
        signed.append(string: parts.namespace)
        signed.append(string: [])
        signed.append(string: parts.hash)
        signed.append(
            string: hash == "sha256"
                ? SHA256Digest(of: file).bytes : SHA512Digest(of: file).bytes)
        if case .securityKey(let application) = publicKey.kind {
            parts.presence = [flags, 0, 0, 1, 2]
            signed =
                SHA256Digest(of: application).bytes + parts.presence
                + SHA256Digest(of: signed).bytes
        }
        parts.signature = sign(signed)
        return parts
    }

    func signature(
        signing file: [UInt8] = file, namespace: String = namespace, hash: String = "sha512",
        flags: UInt8 = 0x01
    ) throws -> SSHSignature {
        try SSHSignature(
            blob: parts(signing: file, namespace: namespace, hash: hash, flags: flags).blob)
    }

    /// What its `.pub` file has: type and base64.
    var line: String {
        "\(publicKey.typeName) \(Base64.standard.encodeToString(publicKey.blob))"
    }
}

/// What a signature is made of (PROTOCOL.sshsig, section 2).
struct SignatureParts {
    var magic = Array("SSHSIG".utf8)
    var version: UInt32 = 1
    var publicKey: [UInt8]
    var namespace: [UInt8]
    var reserved: [UInt8] = []
    var hash = Array("sha512".utf8)
    var signatureType: [UInt8] = []
    var signature: [UInt8] = []
    var presence: [UInt8] = []
    var afterSignature: [UInt8] = []
    var atEnd: [UInt8] = []

    init(publicKey: [UInt8], namespace: [UInt8]) {
        self.publicKey = publicKey
        self.namespace = namespace
    }

    var blob: [UInt8] {
        var inner: [UInt8] = []
        inner.append(string: signatureType)
        inner.append(string: signature)
        var blob = magic
        blob.append(number: version)
        for part in [publicKey, namespace, reserved, hash] { blob.append(string: part) }
        blob.append(string: inner + presence + afterSignature)
        return blob + atEnd
    }
}

/// Why the text is no list, line by line.
func faults(in text: String) -> [AllowedSignersError.Fault] {
    faults(in: Array(text.utf8))
}

func faults(in bytes: [UInt8]) -> [AllowedSignersError.Fault] {
    do throws(AllowedSignersError) {
        _ = try AllowedSigners(parsing: bytes)
        return []
    } catch {
        return error.faults
    }
}

func reasons(in text: String) -> [AllowedSignersError.Reason] {
    faults(in: text).map(\.reason)
}

func signers(_ lines: String...) throws -> AllowedSigners {
    try AllowedSigners(parsing: Array(lines.map { $0 + "\n" }.joined().utf8))
}
