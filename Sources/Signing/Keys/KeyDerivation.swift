import CSodium

/// The cost of deriving a key from a passphrase with Argon2id (RFC 9106), version 1.3, one lane.
package struct KeyDerivation: Sendable, Hashable {
    static let saltByteCount = 16
    static let keyByteCount = 32

    /// How often the memory is passed over.
    package let passes: Int
    package let memoryKiB: Int

    /// Bounds for key files that are written or read. They keep a file from elsewhere from exhausting
    /// the machine.
    package static let passesRange = 1...64
    package static let memoryRange = 8...(4 << 20)

    /// libsodium's recommendation for sensitive keys that are not opened often (`MODERATE`).
    package static let standard = KeyDerivation(passes: 3, unchecked: 256 << 10)

    /// `nil` outside the bounds.
    package init?(passes: Int, memoryKiB: Int) {
        guard Self.passesRange.contains(passes), Self.memoryRange.contains(memoryKiB) else {
            return nil
        }
        self.init(passes: passes, unchecked: memoryKiB)
    }

    private init(passes: Int, unchecked memoryKiB: Int) {
        self.passes = passes
        self.memoryKiB = memoryKiB
    }

    func key(
        from passphrase: borrowing Passphrase, salt: [UInt8]
    ) throws(SigningError) -> SecretBytes {
        var key = try SecretBytes(count: Self.keyByteCount)
        let count = UInt64(passphrase.bytes.count)
        let status = key.withMutablePointer { key in
            passphrase.bytes.withPointer { text in
                text.withMemoryRebound(to: CChar.self, capacity: passphrase.bytes.count) {
                    crypto_pwhash_argon2id(
                        key, UInt64(Self.keyByteCount), $0, count, salt, UInt64(passes),
                        memoryKiB << 10, crypto_pwhash_argon2id_alg_argon2id13())
                }
            }
        }
        Sodium.wipeStack()
        guard status == 0 else { throw .outOfMemory }
        return key
    }
}
