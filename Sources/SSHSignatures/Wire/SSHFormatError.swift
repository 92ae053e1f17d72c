import PlainText

/// Why a text or its bytes are no signature, or no key, that is taken here.
package enum SSHFormatError: Error, Sendable, Hashable {
    // The armor.
    case tooLong(limit: Int)
    case noBeginning
    case noEnd
    case textAfterEnd
    case notBase64
    // What it holds.
    case noMagic
    case unsupportedVersion(UInt32)
    case truncated
    case trailingBytes
    case namespaceNotText
    case reservedField
    case unsupportedHash(String)
    // Key and signature.
    case unsupportedKeyType(String)
    case wrongKeyLength(Int)
    case weakKey
    case applicationWithNUL
    case otherSignatureType(String)
    case wrongSignatureLength(Int)
}

extension SSHFormatError: CustomStringConvertible {
    /// A sentence, lower case, without a full stop.
    package var description: String {
        switch self {
        case .tooLong(let limit): "longer than a signature can be: at most \(limit) bytes are read"
        case .noBeginning:
            "not a signature: the first line must be -----BEGIN SSH SIGNATURE----- and end with LF"
        case .noEnd: "the signature has no line -----END SSH SIGNATURE-----: it is not whole"
        case .textAfterEnd: "there is text after the signature: one file holds one signature"
        case .notBase64:
            "between its first and last line a signature has base64 in lines that end with LF, "
                + "and nothing else"
        case .noMagic: "the bytes do not begin with SSHSIG"
        case .unsupportedVersion(let version): "version \(version) of SSHSIG: only 1 is known"
        case .truncated: "the bytes end too early: some are missing"
        case .trailingBytes: "there are bytes left over"
        case .namespaceNotText:
            "the namespace must be UTF-8 text without control characters, and not empty"
        case .reservedField: "the reserved field is not empty, and no signature covers it"
        case .unsupportedHash(let name):
            "hash algorithm '\(name)': only sha256 and sha512 are taken"
        case .unsupportedKeyType(let name):
            "key type '\(name)': only ssh-ed25519 and sk-ssh-ed25519@openssh.com are taken"
        case .wrongKeyLength(let count): "the key has \(count) bytes instead of 32"
        case .weakKey: "the key is no valid point of Ed25519's group: anyone could have made it up"
        case .applicationWithNUL: "the key's application has a zero byte"
        case .otherSignatureType(let name): "a signature of type '\(name)' is not the key's"
        case .wrongSignatureLength(let count): "the signature has \(count) bytes instead of 64"
        }
    }

    /// A name out of foreign bytes, as it can be shown.
    static func shown(_ name: [UInt8]) -> String {
        String(
            decoding: name.map { (0x20...0x7e).contains($0) ? $0 : UInt8(ascii: "?") },
            as: UTF8.self
        ).shortened(to: 60)
    }
}
