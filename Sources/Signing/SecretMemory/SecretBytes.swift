import CSodium

/// Bytes that nobody may see: guarded pages, locked into memory, out of core dumps, wiped when
/// freed, and writable only inside `withUnsafeMutableBytes`. A noncopyable type has no printed
/// form, so no log can show them.
package struct SecretBytes: ~Copyable, @unchecked Sendable {
    private let base: UnsafeMutableRawPointer
    package let count: Int

    /// Zeroed guarded memory.
    package init(count: Int) throws(SigningError) {
        try Sodium.start()
        guard count > 0, let base = sodium_malloc(count) else { throw .outOfMemory }
        self.base = base
        self.count = count
        sodium_memzero(base, count)
        sodium_mprotect_readonly(base)
    }

    deinit {
        sodium_free(base)
    }

    /// A copy of the first bytes.
    package borrowing func prefix(_ count: Int) throws(SigningError) -> SecretBytes {
        var copy = try SecretBytes(count: min(count, self.count))
        copy.withUnsafeMutableBytes { copy in
            withUnsafeBytes {
                copy.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0.prefix(copy.count)))
            }
        }
        return copy
    }

    /// The bytes, for the time of the call only: whoever copies them breaks the promise.
    package borrowing func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: base, count: count))
    }

    package mutating func withUnsafeMutableBytes<Result, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        sodium_mprotect_readwrite(base)
        defer { sodium_mprotect_readonly(base) }
        return try body(UnsafeMutableRawBufferPointer(start: base, count: count))
    }

    /// The same for C functions, which know the count.
    borrowing func withPointer<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        body(UnsafePointer(base.assumingMemoryBound(to: UInt8.self)))
    }

    mutating func withMutablePointer<Result>(
        _ body: (UnsafeMutablePointer<UInt8>) -> Result
    ) -> Result {
        let pointer = base.assumingMemoryBound(to: UInt8.self)
        return withUnsafeMutableBytes { _ in body(pointer) }
    }
}
