import Tar
package import TransparencyLog

/// The checkpoint in a bundle that is known to be sound, found without reading the rest.
package enum BundledCheckpoint {
    /// - Returns: `nil` for a bundle from before there was a log.
    package static func read(
        from descriptor: Int32
    ) throws(BundleError) -> SignedCheckpoint? {
        let file = OpenedFile(descriptor: descriptor)
        let size = try file.size()
        var offset: Int64 = 0
        var path: String?
        while size - offset >= 2 * Int64(TarHeader.byteCount) {
            let header = try header(in: file.bytes(TarHeader.byteCount, at: offset))
            let start = offset + Int64(TarHeader.byteCount)
            // The folder comes first, and its files are sorted.
            let wanted = path ?? header.path + BundleFile.checkpoint
            path = wanted
            if header.path == wanted {
                let limit = SignedNote.maximumByteCount
                guard header.size <= limit else {
                    throw .tooLarge(BundleFile.checkpoint, limit: Int64(limit))
                }
                return try checkpoint(file.bytes(Int(header.size), at: start))
            }
            guard !wanted.utf8.lexicographicallyPrecedes(header.path.utf8) else { return nil }
            offset =
                start + header.size
                + Int64(TarHeader.paddingByteCount(behind: header.size))
        }
        return nil
    }

    private static func header(in block: [UInt8]) throws(BundleError) -> TarHeader {
        do throws(TarError) {
            return try TarHeader(parsing: block)
        } catch {
            throw BundleError(error)
        }
    }

    private static func checkpoint(_ bytes: [UInt8]) throws(BundleError) -> SignedCheckpoint {
        do throws(CheckpointError) {
            return try SignedCheckpoint(parsing: bytes)
        } catch {
            throw .log(BundleFile.checkpoint, "is none: \(error)")
        }
    }
}
