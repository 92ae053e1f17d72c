import CSodium

/// The library's start-up, done once before its first use.
enum Sodium {
    private static let status = sodium_init()

    /// Generators and guarded memory are only to be had where this does not throw.
    static func start() throws(SigningError) {
        guard status >= 0 else { throw .libraryUnusable }
    }

    /// libsodium leaves some of what it has worked on in dead frames of the stack: hash functions
    /// keep their last block there. Called after each that was given a secret.
    static func wipeStack() {
        sodium_stackzero(64 << 10)
    }
}
