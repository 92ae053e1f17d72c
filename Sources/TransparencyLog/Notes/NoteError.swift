/// Why bytes are no signed note, or a text is no verifier's key.
package enum NoteError: Error, Sendable, Hashable {
    case tooLong(limit: Int)
    case notText
    /// A control character other than a newline: its code.
    case control(UInt8)
    case noSignatures
    /// The line of the note's signatures, from 1.
    case badSignatureLine(Int)
    case badName(String)
    case tooManySignatures(limit: Int)
    // Keys.
    case notAKey
    case unknownAlgorithm(UInt8)
    case wrongKeyLength(Int)
    case wrongKeyID
}

extension NoteError: CustomStringConvertible {
    /// A sentence, lower case, without a full stop.
    package var description: String {
        switch self {
        case .tooLong(let limit):
            "longer than a signed note may be: at most \(limit) bytes are read"
        case .notText:
            "a signed note is UTF-8 text and ends with a newline; this is neither or not whole"
        case .control(let code): "there is a control character in the note: its code is \(code)"
        case .noSignatures: "the note has no signatures: they follow its text after an empty line"
        case .badSignatureLine(let line):
            "line \(line) of the note's signatures is not a dash, a name and base64 of a key ID and a "
                + "signature"
        case .badName(let name):
            "\(name.debugDescription) is no name of a key: it must not be empty, and have no space, "
                + "plus or control character"
        case .tooManySignatures(let limit): "the note has more than \(limit) signatures"
        case .notAKey:
            "not a verifier's key: a name, eight hexadecimal digits and base64, joined by +, are expected"
        case .unknownAlgorithm(let type):
            "the key's signatures are of type \(type): only 1 (Ed25519) and 4 (cosignature) are known"
        case .wrongKeyLength(let count): "the key has \(count) bytes instead of 32"
        case .wrongKeyID:
            "the key's ID does not belong to its name and bytes: one of them was altered"
        }
    }
}
