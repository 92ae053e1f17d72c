/// Why a block is no header of a tar as this program writes them.
package enum TarError: Error, Sendable, Equatable {
    /// Not a plain tar.
    case notATar(String)
    /// An entry in another form: its path and what is wrong with it.
    case strangeEntry(String, String)
}

extension TarError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notATar(let reason): "not a whole, uncompressed tar archive: \(reason)"
        case .strangeEntry(let path, let reason): "the entry \(path.debugDescription) \(reason)"
        }
    }
}
