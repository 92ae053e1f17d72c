import PlainText
import Signatures

/// Takes one line apart: `NAMES [OPTIONS] KEYTYPE KEY [COMMENT]`.
struct SignersLine {
    typealias Reason = AllowedSignersError.Reason

    private static let blanks: Set<UInt8> = [UInt8(ascii: " "), UInt8(ascii: "\t")]
    private static let quote = UInt8(ascii: "\"")

    private var rest: ArraySlice<UInt8>

    /// `nil` for a line that is blank or a comment.
    static func entry(
        in bytes: ArraySlice<UInt8>, number: Int
    ) throws(Reason) -> AllowedSigners.Entry? {
        // ssh takes a carriage return before the end for a blank.
        let bytes = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
        try checkCharacters(of: bytes, isFirst: number == 1)
        var line = SignersLine(rest: bytes)
        line.skipBlanks()
        guard let first = line.rest.first, first != UInt8(ascii: "#") else { return nil }
        let names = try SignerNames(line.word())
        let field = try line.optionsOrKeyType()
        let publicKey = try line.publicKey(ofType: field.keyType)
        line.skipBlanks()
        let comment = line.rest.reversed().drop { blanks.contains($0) }.reversed()
        return AllowedSigners.Entry(
            line: number, person: names.person, otherNames: names.others, publicKey: publicKey,
            namespaces: field.options.namespaces, validAfter: field.options.validAfter,
            validBefore: field.options.validBefore,
            comment: comment.isEmpty ? nil : String(decoding: comment, as: UTF8.self))
    }

    /// What the eye would not see, in comments as well: they could seem to be lines that count.
    private static func checkCharacters(
        of bytes: ArraySlice<UInt8>, isFirst: Bool
    ) throws(Reason) {
        guard !bytes.contains(0) else { throw .zeroByte }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        if isFirst, text.unicodeScalars.first == "\u{feff}" { throw .byteOrderMark }
        let hidden = text.unicodeScalars.first {
            $0.isControl && $0 != "\t" || $0.isBidirectionalControl
        }
        if let hidden { throw .control(hidden.codePoint) }
    }

    private mutating func skipBlanks() {
        rest = rest.drop { Self.blanks.contains($0) }
    }

    /// Up to the next blank, and the blanks after it.
    private mutating func word() -> [UInt8] {
        let word = Array(rest.prefix { !Self.blanks.contains($0) })
        rest = rest.dropFirst(word.count)
        skipBlanks()
        return word
    }

    /// Like ssh, which looks for a key first: what names no type of key is options.
    private mutating func optionsOrKeyType() throws(Reason) -> (
        options: SignerOptions, keyType: [UInt8]
    ) {
        var ahead = self
        let field = ahead.word()
        guard !field.isEmpty else { throw .noKey }
        if SSHKeyTypeNames.contain(field) {
            self = ahead
            return (SignerOptions(), field)
        }
        let options = try SignerOptions(try optionsField())
        skipBlanks()
        return (options, word())
    }

    /// Up to the next blank outside of quotes.
    private mutating func optionsField() throws(Reason) -> [UInt8] {
        var field: [UInt8] = []
        var isQuoted = false
        while let byte = rest.first, isQuoted || !Self.blanks.contains(byte) {
            rest = rest.dropFirst()
            if byte == UInt8(ascii: "\t") { throw .control("U+0009") }
            if byte == Self.quote, field.last != UInt8(ascii: "\\") { isQuoted.toggle() }
            field.append(byte)
        }
        guard !isQuoted else { throw .openQuote }
        return field
    }

    private mutating func publicKey(ofType type: [UInt8]) throws(Reason) -> SSHPublicKey {
        guard !type.isEmpty else { throw .noKey }
        guard SSHPublicKey.TypeName(bytes: type) != nil else {
            throw .unsupportedKeyType(String(decoding: type, as: UTF8.self))
        }
        let base64 = word()
        guard !base64.isEmpty else { throw .noKey }
        guard let blob = Base64.standard.decode(base64) else { throw .keyNotBase64 }
        let key: SSHPublicKey
        do {
            key = try SSHPublicKey(blob: blob)
        } catch {
            throw .badKey(error)
        }
        guard Array(key.typeName.utf8) == type else {
            throw .otherKeyType(
                written: String(decoding: type, as: UTF8.self), held: key.typeName)
        }
        return key
    }
}
