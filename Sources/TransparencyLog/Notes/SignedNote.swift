/// A text and the signatures under it (c2sp.org/signed-note). That it could be read says nothing of
/// whether a signature is good.
package struct SignedNote: Sendable {
    package static let maximumByteCount = 256 * 1024
    package static let maximumSignatures = 64

    /// Ends with a newline.
    package let text: String
    package let signatures: [NoteSignature]

    package init(text: String, signatures: [NoteSignature]) throws(NoteError) {
        self.text = text
        self.signatures = signatures
        guard text.utf8.last == UInt8(ascii: "\n") else { throw .notText }
        try Self.checkControls(text.utf8)
        guard !signatures.isEmpty else { throw .noSignatures }
        guard signatures.count <= Self.maximumSignatures else {
            throw .tooManySignatures(limit: Self.maximumSignatures)
        }
        guard bytes.count <= Self.maximumByteCount else {
            throw .tooLong(limit: Self.maximumByteCount)
        }
    }

    package init(parsing bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw .tooLong(limit: Self.maximumByteCount)
        }
        try Self.checkControls(bytes)
        guard bytes.last == UInt8(ascii: "\n") else { throw .notText }
        guard let start = Self.startOfSignatures(in: bytes) else { throw .noSignatures }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notText }
        text = String(decoding: bytes[..<(start - 1)], as: UTF8.self)

        var signatures: [NoteSignature] = []
        var lines = LineReader(bytes[start...])
        while let line = lines.next() {
            guard signatures.count < Self.maximumSignatures else {
                throw .tooManySignatures(limit: Self.maximumSignatures)
            }
            guard let signature = NoteSignature(line: line) else {
                throw .badSignatureLine(signatures.count + 1)
            }
            signatures.append(signature)
        }
        guard !signatures.isEmpty else { throw .noSignatures }
        self.signatures = signatures
    }

    package var bytes: [UInt8] {
        signatures.reduce(into: Array(text.utf8) + [UInt8(ascii: "\n")]) { $0 += $1.line }
    }

    /// What the owner of a key for Ed25519 signs.
    package static func message(for text: String) -> [UInt8] { Array(text.utf8) }

    /// The same note with one more signature. It takes the place of an earlier one with the same key.
    package func adding(_ signature: NoteSignature) throws(NoteError) -> SignedNote {
        let others = signatures.filter { !$0.isByKey(of: signature) }
        return try SignedNote(text: text, signatures: others + [signature])
    }

    private static func checkControls(_ bytes: some Sequence<UInt8>) throws(NoteError) {
        if let control = bytes.first(where: { $0 < 0x20 && $0 != UInt8(ascii: "\n") }) {
            throw .control(control)
        }
    }

    /// Where the line after the last empty line begins.
    private static func startOfSignatures(in bytes: [UInt8]) -> Int? {
        let newline = UInt8(ascii: "\n")
        guard bytes.count >= 2 else { return nil }
        let last = (1..<bytes.count).last { bytes[$0] == newline && bytes[$0 - 1] == newline }
        return last.map { $0 + 1 }
    }
}

// By bytes: strings that differ in them can still be equal in Swift.
extension SignedNote: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        left.signatures == right.signatures && left.text.utf8.elementsEqual(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(signatures)
    }
}
