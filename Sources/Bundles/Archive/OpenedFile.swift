import Glibc

/// A file that somebody else has opened, and closes. Reads and writes go by offset.
package struct OpenedFile {
    let descriptor: Int32

    package init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    package func size() throws(BundleError) -> Int64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .inputOutput(errno: errno, "it cannot be inspected")
        }
        return Int64(status.st_size)
    }

    package func write(_ bytes: [UInt8], at offset: Int64) throws(BundleError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                pwrite(
                    descriptor, $0.baseAddress.map { $0 + written }, $0.count - written,
                    off_t(offset) + off_t(written))
            }
            guard count > 0 || errno == EINTR else {
                throw .inputOutput(errno: errno, "it cannot be written")
            }
            written += max(0, count)
        }
    }

    /// Reads until the memory is full or the file ends.
    ///
    /// - Returns: the number of bytes read.
    package func read(
        into memory: UnsafeMutableRawBufferPointer, at offset: Int64
    ) throws(BundleError) -> Int {
        var filled = 0
        while filled < memory.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
            let count = pread(
                descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(filled))
            if count == 0 { break }
            guard count > 0 || errno == EINTR else {
                throw .inputOutput(errno: errno, "it cannot be read")
            }
            filled += max(0, count)
        }
        return filled
    }

    /// As many bytes as are asked for, or an error.
    func bytes(_ count: Int, at offset: Int64) throws(BundleError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var memory = bytes.mutableSpan
        let filled = try memory.withUnsafeMutableBytes { memory throws(BundleError) in
            try read(into: memory, at: offset)
        }
        guard filled == count else { throw .notATar("it ends too soon") }
        return bytes
    }
}
