import CSodium

/// The start-up of libsodium, which happens once.
enum Sodium {
    private static let status = sodium_init()

    /// Must return before randomness or guarded memory is used.
    static func start() throws(SigningError) {
        guard status >= 0 else { throw .libraryUnusable }
    }

    /// Overwrites the dead stack frames in which libsodium leaves intermediate values, such as the
    /// last block of a hash. Must follow each of its functions that was given a secret.
    static func wipeStack() {
        sodium_stackzero(64 << 10)
    }
}
