import CSodium

/// Secret bytes in libsodium's guarded memory: locked into RAM where the system permits it, left out
/// of core dumps, wiped when freed, and writable only inside `withUnsafeMutableBytes`. The type is
/// noncopyable and so has no printed form that a log could show.
package struct SecretBytes: ~Copyable, @unchecked Sendable {
    private let base: UnsafeMutableRawPointer
    package let count: Int
    /// Whether the memory is locked into RAM. Where it is not, the system may write it to swap:
    /// `ulimit -l` (RLIMIT_MEMLOCK) is what a process may lock.
    package let isLocked: Bool

    /// Allocates the memory, filled with zeros.
    package init(count: Int) throws(SigningError) {
        try Sodium.start()
        guard count > 0, let base = sodium_malloc(count) else { throw .outOfMemory }
        self.base = base
        self.count = count
        // sodium_malloc locks the pages too, but says nothing where that fails. To lock them once
        // more does no harm.
        isLocked = sodium_mlock(base, count) == 0
        sodium_memzero(base, count)
        sodium_mprotect_readonly(base)
    }

    /// Whether this process may lock memory at all.
    package static var canBeLocked: Bool {
        // Why there is no memory is thrown away: whoever needs it says so.
        (try? SecretBytes(count: 1))?.isLocked ?? false
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

    /// Lends the bytes for the length of the call. The body must not copy them into other memory.
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

    /// Lends the bytes to a C function that is told or knows their count.
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
