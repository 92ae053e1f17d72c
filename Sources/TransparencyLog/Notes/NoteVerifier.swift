package import Signatures

/// A name and a public key, whose owner signs notes (c2sp.org/signed-note, "Verifier keys").
package struct NoteVerifier: Sendable {
    package enum Algorithm: UInt8, Sendable, Hashable {
        /// Signs the text of any note.
        case ed25519 = 0x01
        /// Signs a checkpoint together with a time.
        case cosignature = 0x04
    }

    package let name: String
    package let algorithm: Algorithm
    package let key: VerificationKey
    /// The first four bytes of a digest over name, algorithm and key. It finds a key, and proves
    /// nothing.
    package let keyID: UInt32

    package init(
        name: String, algorithm: Algorithm = .ed25519, key: VerificationKey
    ) throws(NoteError) {
        guard KeyName.isAllowed(name) else { throw .badName(name) }
        self.name = name
        self.algorithm = algorithm
        self.key = key
        let identity = Array(name.utf8) + [UInt8(ascii: "\n"), algorithm.rawValue] + key.bytes
        keyID = SHA256Digest(of: identity).bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads `example.com/log+530d903a+AekyeRrm…`.
    package init(vkey: String) throws(NoteError) {
        let parts = vkey.utf8.split(
            separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let name = String(parts[0]) else { throw .notAKey }
        guard KeyName.isAllowed(name) else { throw .badName(name) }
        guard parts[1].count == 8, let id = Hex.decode(parts[1]) else { throw .notAKey }
        guard parts[2].count <= 64, let bytes = Base64.standard.decode(parts[2]),
            let type = bytes.first
        else { throw .notAKey }
        guard let algorithm = Algorithm(rawValue: type) else { throw .unknownAlgorithm(type) }
        guard let key = VerificationKey(bytes: Array(bytes.dropFirst())) else {
            throw .wrongKeyLength(bytes.count - 1)
        }
        try self.init(name: name, algorithm: algorithm, key: key)
        guard keyID == id.reduce(0, { $0 << 8 | UInt32($1) }) else { throw .wrongKeyID }
    }

    package var vkey: String {
        let bytes = Base64.standard.encodePublic([algorithm.rawValue] + key.bytes)
        return "\(name)+\(keyID.hexadecimal)+" + String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the signature says that it was made with this key.
    func isNamed(in signature: NoteSignature) -> Bool {
        signature.keyID == keyID && signature.name.utf8.elementsEqual(name.utf8)
    }
}

// By bytes: strings that differ in them can still be equal in Swift.
extension NoteVerifier: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        left.algorithm == right.algorithm && left.key == right.key
            && left.name.utf8.elementsEqual(right.name.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(keyID)
        hasher.combine(key)
    }
}

extension UInt32 {
    var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
    var hexadecimal: String { Hex.encode(bigEndianBytes) }
}
