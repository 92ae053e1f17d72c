package import Signatures

/// A public key as ssh writes it.
package struct SSHPublicKey: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// `ssh-ed25519`
        case ed25519
        /// `sk-ssh-ed25519@openssh.com`: the private key is in a device, which makes it for one
        /// application, `ssh:` by default (PROTOCOL.u2f).
        case securityKey(application: [UInt8])
    }

    package let kind: Kind
    package let key: VerificationKey

    /// - Parameters:
    ///   - blob: what the base64 of a public key stands for.
    ///   - list: whose keys were held to be sound when it was read, and are not again.
    package init(
        blob: [UInt8], trusting list: AllowedSigners? = nil
    ) throws(SSHFormatError) {
        var reader = WireReader(blob)
        let type = try reader.string()
        guard let name = TypeName(bytes: type) else {
            throw .unsupportedKeyType(SSHFormatError.shown(type))
        }
        let bytes = try reader.string()
        guard let key = VerificationKey(bytes: bytes) else { throw .wrongKeyLength(bytes.count) }
        switch name {
        case .ed25519: kind = .ed25519
        case .securityKey:
            let application = try reader.string()
            // ssh takes it for a C string, and would hash only what stands before the zero.
            guard !application.contains(0) else { throw .applicationWithNUL }
            kind = .securityKey(application: application)
        }
        try reader.expectEnd()
        self.key = key
        guard list?.knows(self) == true || key.isPointOfMainGroup else { throw .weakKey }
    }

    enum TypeName: String, CaseIterable {
        case ed25519 = "ssh-ed25519"
        case securityKey = "sk-ssh-ed25519@openssh.com"

        init?(bytes: [UInt8]) {
            guard let name = Self.allCases.first(where: { bytes == Array($0.rawValue.utf8) }) else {
                return nil
            }
            self = name
        }
    }

    package var typeName: String {
        switch kind {
        case .ed25519: TypeName.ed25519.rawValue
        case .securityKey: TypeName.securityKey.rawValue
        }
    }

    package var blob: [UInt8] {
        var blob: [UInt8] = []
        blob.append(string: typeName.utf8)
        blob.append(string: key.bytes)
        if case .securityKey(let application) = kind { blob.append(string: application) }
        return blob
    }

    /// `SHA256:` and the digest of the blob in base64 without padding, as `ssh-keygen -l` prints it.
    package var fingerprint: String {
        let digest = Base64.standard.encodeToString(SHA256Digest(of: blob).bytes)
        return "SHA256:" + digest.prefix { $0 != "=" }
    }
}
