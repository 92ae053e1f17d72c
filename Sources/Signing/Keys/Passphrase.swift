import CSodium

/// The passphrase of a key file, in guarded memory. It is noncopyable and so has no printed form.
package struct Passphrase: ~Copyable, Sendable {
    package static let maximumByteCount = 1024

    let bytes: SecretBytes

    /// Takes the content of a file, or the line that somebody typed. Line ends at its end are not
    /// part of the passphrase.
    package static func read(
        from content: UnsafeRawBufferPointer
    ) throws(SigningError) -> Passphrase {
        let lineEnds: [UInt8] = [0x0a, 0x0d]
        var count = content.count
        while count > 0, lineEnds.contains(content[count - 1]) { count -= 1 }
        guard count > 0 else { throw .emptyPassphrase }
        guard count <= maximumByteCount, !content.prefix(count).contains(0) else {
            throw .unusablePassphrase
        }
        var bytes = try SecretBytes(count: count)
        bytes.withUnsafeMutableBytes {
            $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: content.prefix(count)))
        }
        return Passphrase(bytes: bytes)
    }

    /// Compares in constant time.
    package borrowing func isSame(as other: borrowing Passphrase) -> Bool {
        guard bytes.count == other.bytes.count else { return false }
        return bytes.withUnsafeBytes { own in
            other.bytes.withUnsafeBytes {
                sodium_memcmp(own.baseAddress, $0.baseAddress, own.count)
            }
        } == 0
    }
}
