import DurableFiles
import Signatures

extension ReadableFile {
    /// A ledger may be larger than memory.
    private static let copiedByteCount = 1 << 20

    /// Gives bytes of the file in pieces.
    ///
    /// - Returns: their digest; `nil` where the file ends before them.
    func copy(
        from start: Int, count: Int, _ write: ([UInt8]) throws(StationFailure) -> Void
    ) throws(StationFailure) -> SHA256Digest? {
        var hash = SHA256()
        var rest = start..<start + count
        while !rest.isEmpty {
            let piece = try onDisk { () throws(FileSystemError) in
                try read(at: rest.lowerBound, count: min(Self.copiedByteCount, rest.count))
            }
            guard !piece.isEmpty else { return nil }
            hash.update(piece)
            try write(piece)
            rest = rest.dropFirst(piece.count)
        }
        return hash.finish()
    }
}
