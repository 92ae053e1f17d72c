package import Signatures

/// One line under a note: who signed it, and how.
package struct NoteSignature: Sendable {
    package let name: String
    package let keyID: UInt32
    /// What the algorithm of the key wrote; for an unknown key, whatever stands there.
    package let bytes: [UInt8]

    package init(name: String, keyID: UInt32, bytes: [UInt8]) throws(NoteError) {
        guard KeyName.isAllowed(name) else { throw .badName(name) }
        guard !bytes.isEmpty else { throw .badSignatureLine(1) }
        self.name = name
        self.keyID = keyID
        self.bytes = bytes
    }

    /// A signature over `SignedNote.message(for:)` by the owner of a key for Ed25519.
    package init(verifier: NoteVerifier, signature: Signature) {
        self.init(verifier: verifier, bytes: signature.bytes)
    }

    /// A signature over `Cosignature.message(for:at:)`, with the same time, by the owner of a key for
    /// cosignatures.
    package init(verifier: NoteVerifier, cosignature: Signature, at seconds: Int64) {
        let time = withUnsafeBytes(of: seconds.bigEndian) { Array($0) }
        self.init(verifier: verifier, bytes: time + cosignature.bytes)
    }

    private init(verifier: NoteVerifier, bytes: [UInt8]) {
        name = verifier.name
        keyID = verifier.keyID
        self.bytes = bytes
    }

    /// The line without its newline; `nil` where it is none, or its name is not allowed.
    init?(line: ArraySlice<UInt8>) {
        guard line.starts(with: Self.start) else { return nil }
        let parts = line.dropFirst(Self.start.count).split(
            separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 2, let name = String(validating: parts[0], as: UTF8.self),
            KeyName.isAllowed(name), let bytes = Base64.standard.decode(parts[1]), bytes.count > 4
        else { return nil }
        self.name = name
        keyID = bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        self.bytes = Array(bytes.dropFirst(4))
    }

    private static let start = Array("— ".utf8)

    /// The line with its newline.
    package var line: [UInt8] {
        let encoded = Base64.standard.encodePublic(keyID.bigEndianBytes + bytes)
        return Self.start + name.utf8 + [UInt8(ascii: " ")] + encoded + [UInt8(ascii: "\n")]
    }

    func isByKey(of other: NoteSignature) -> Bool {
        keyID == other.keyID && name.utf8.elementsEqual(other.name.utf8)
    }
}

// By bytes: strings that differ in them can still be equal in Swift.
extension NoteSignature: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        left.isByKey(of: right) && left.bytes == right.bytes
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(keyID)
        hasher.combine(bytes)
    }
}
