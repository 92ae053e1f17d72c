/// Why a text is no checkpoint, or a note is none.
package enum CheckpointError: Error, Sendable, Hashable {
    case note(NoteError)
    case tooLong(limit: Int)
    case control
    case noOrigin
    case badSize
    case badRoot
    case rootOfNothing
    case badExtension
    case notWhole
}

extension CheckpointError: CustomStringConvertible {
    /// A sentence, lower case, without a full stop.
    package var description: String {
        switch self {
        case .note(let error): "not a signed checkpoint: \(error)"
        case .tooLong(let limit): "longer than a checkpoint may be: at most \(limit) bytes are read"
        case .control: "there is a control character in the checkpoint"
        case .noOrigin: "the first line of a checkpoint names its log, and this one is empty"
        case .badSize:
            "the second line of a checkpoint is the number of entries, in digits and below 2^63, and "
                + "this one is not"
        case .badRoot:
            "the third line of a checkpoint is the base64 of a root of 32 bytes, and this one is not"
        case .rootOfNothing:
            "the checkpoint is of a log without entries and has another root than that"
        case .badExtension: "a checkpoint's further lines must not be empty"
        case .notWhole: "the checkpoint's text does not end with a newline: it is not whole"
        }
    }
}
