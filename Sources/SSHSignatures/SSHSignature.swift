import PlainText
import Signatures

/// A signature over a file's digest, as `ssh-keygen -Y sign` makes it (PROTOCOL.sshsig).
package struct SSHSignature: Sendable, Hashable {
    package enum HashAlgorithm: String, Sendable, CaseIterable {
        case sha256
        case sha512

        package var byteCount: Int {
            switch self {
            case .sha256: SHA256Digest.byteCount
            case .sha512: SHA512Digest.byteCount
            }
        }
    }

    /// What the device of a security key says of the moment in which it signed.
    package struct Presence: Sendable, Hashable {
        package let flags: UInt8
        /// How often the device has signed, where it counts.
        package let counter: UInt32

        /// Whether somebody touched the device (PROTOCOL.u2f, CTAP2 authenticator data).
        package var isUserPresent: Bool { flags & 0x01 != 0 }
    }

    /// Of the armored text, the most that is read. What ssh-keygen writes has about 300.
    package static let maximumByteCount = 16_384

    static let magic = Array("SSHSIG".utf8)
    static let version: UInt32 = 1

    /// Without armor.
    package let blob: [UInt8]
    package let publicKey: SSHPublicKey
    package let namespace: String
    package let hashAlgorithm: HashAlgorithm
    /// Of a security key only.
    package let presence: Presence?
    private let signature: Signature

    package init(
        blob: [UInt8], trusting list: AllowedSigners? = nil
    ) throws(SSHFormatError) {
        guard blob.count <= Self.maximumByteCount else {
            throw .tooLong(limit: Self.maximumByteCount)
        }
        var reader = WireReader(blob)
        guard blob.starts(with: Self.magic) else { throw .noMagic }
        _ = try reader.bytes(Self.magic.count)
        let version = try reader.number()
        guard version == Self.version else { throw .unsupportedVersion(version) }
        publicKey = try SSHPublicKey(blob: try reader.string(), trusting: list)
        namespace = try Self.namespace(try reader.string())
        // ssh-keygen passes over it, but no signature covers what stands there.
        guard try reader.string().isEmpty else { throw .reservedField }
        let hash = try reader.string()
        guard
            let hashAlgorithm = HashAlgorithm.allCases.first(where: {
                hash == Array($0.rawValue.utf8)
            })
        else { throw .unsupportedHash(SSHFormatError.shown(hash)) }
        self.hashAlgorithm = hashAlgorithm
        (signature, presence) = try Self.signature(try reader.string(), by: publicKey)
        try reader.expectEnd()
        self.blob = blob
    }

    private static func namespace(_ bytes: [UInt8]) throws(SSHFormatError) -> String {
        guard !bytes.isEmpty, let text = String(validating: bytes, as: UTF8.self),
            text.unicodeScalars.allSatisfy({ !$0.isControl && !$0.isBidirectionalControl })
        else { throw .namespaceNotText }
        return text
    }

    private static func signature(
        _ bytes: [UInt8], by publicKey: SSHPublicKey
    ) throws(SSHFormatError) -> (Signature, Presence?) {
        var reader = WireReader(bytes)
        let type = try reader.string()
        guard type == Array(publicKey.typeName.utf8) else {
            throw .otherSignatureType(SSHFormatError.shown(type))
        }
        let value = try reader.string()
        guard let signature = Signature(bytes: value) else {
            throw .wrongSignatureLength(value.count)
        }
        var presence: Presence?
        if case .securityKey = publicKey.kind {
            presence = Presence(flags: try reader.byte(), counter: try reader.number())
        }
        try reader.expectEnd()
        return (signature, presence)
    }

    /// Whether the key's owner signed a file of this digest, made by `hashAlgorithm`. Says nothing
    /// of the namespace, of presence, or of who that may be.
    package func isValid(forDigest digest: [UInt8]) -> Bool {
        guard digest.count == hashAlgorithm.byteCount else { return false }
        return publicKey.key.isValid(signature, for: signedBytes(signedText(for: digest)))
    }

    package func digest(among digests: SignedFileDigests) -> [UInt8] {
        switch hashAlgorithm {
        case .sha256: digests.sha256.bytes
        case .sha512: digests.sha512.bytes
        }
    }

    private func signedText(for digest: [UInt8]) -> [UInt8] {
        Self.signedText(for: digest, by: hashAlgorithm, namespace: namespace)
    }

    /// PROTOCOL.sshsig, section 3.
    static func signedText(
        for digest: [UInt8], by algorithm: HashAlgorithm, namespace: String
    ) -> [UInt8] {
        var text = magic
        text.append(string: namespace.utf8)
        text.append(string: [])
        text.append(string: algorithm.rawValue.utf8)
        text.append(string: digest)
        return text
    }

    /// A device signs the digest of the text, and what it says itself (PROTOCOL.u2f).
    private func signedBytes(_ text: [UInt8]) -> [UInt8] {
        guard case .securityKey(let application) = publicKey.kind, let presence else { return text }
        var bytes = SHA256Digest(of: application).bytes
        bytes.append(presence.flags)
        bytes.append(number: presence.counter)
        bytes.append(contentsOf: SHA256Digest(of: text).bytes)
        return bytes
    }
}
