import PlainText
import TransparencyLog

extension NoteError {
    /// The same, with no more of a long name than is needed to find it.
    var brief: NoteError {
        guard case .badName(let name) = self else { return self }
        return .badName(name.shortened(to: 60))
    }
}
