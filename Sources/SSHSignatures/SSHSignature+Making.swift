package import Signatures

/// Signatures of Coldmint's own keys, as ssh-keygen makes them.
extension SSHSignature {
    /// What the owner of an Ed25519 key signs for this file.
    package static func textToSign(_ file: [UInt8], namespace: String) -> [UInt8] {
        signedText(for: SHA512Digest(of: file).bytes, by: .sha512, namespace: namespace)
    }

    /// - Parameter signature: over `textToSign`.
    package static func armored(
        _ signature: Signature, by key: VerificationKey, namespace: String
    ) -> [UInt8] {
        armored(blob(signature.bytes, by: key, namespace: namespace))
    }

    /// How long that is, whatever was signed.
    package static func armoredByteCount(by key: VerificationKey, namespace: String) -> Int {
        let blank = [UInt8](repeating: 0, count: Signature.byteCount)
        return armored(blob(blank, by: key, namespace: namespace)).count
    }

    private static func blob(
        _ signature: [UInt8], by key: VerificationKey, namespace: String
    ) -> [UInt8] {
        var value: [UInt8] = []
        value.append(string: SSHPublicKey.typeName.utf8)
        value.append(string: signature)
        var blob = magic
        blob.append(number: version)
        blob.append(string: SSHPublicKey.blob(of: key))
        blob.append(string: namespace.utf8)
        blob.append(string: [])
        blob.append(string: HashAlgorithm.sha512.rawValue.utf8)
        blob.append(string: value)
        return blob
    }
}

extension SSHPublicKey {
    static let typeName = TypeName.ed25519.rawValue

    static func blob(of key: VerificationKey) -> [UInt8] {
        var blob: [UInt8] = []
        blob.append(string: typeName.utf8)
        blob.append(string: key.bytes)
        return blob
    }
}
