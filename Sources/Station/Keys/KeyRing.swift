import LicenseToken
package import Logging
import Signatures
import Signing
import Synchronization
import TokenSigning

/// The private keys that a process has opened, so that a watch need not derive a key from the
/// passphrase for each run, which takes its time on purpose.
package final class KeyRing: Sendable {
    package static let unlockedMemoryWarning = """
        the private key's memory cannot be locked and may be written to swap: raise the limit of \
        locked memory (ulimit -l, LimitMEMLOCK=)
        """

    private let source: PassphraseSource
    private let log: Logger
    private let opened = Mutex<[KeyID: OpenedKey]>([:])

    package init(_ source: PassphraseSource, log: Logger) {
        self.source = source
        self.log = log
    }

    /// Opens a key at most once, and warns then where its memory is not locked.
    func key(_ kid: KeyID, in store: KeyStore) throws(StationFailure) -> OpenedKey {
        if let key = opened.withLock({ $0[kid] }) { return key }
        let key = OpenedKey(try store.load(kid, source))
        if !key.key.isLocked {
            log.warning("\(Self.unlockedMemoryWarning)", metadata: ["kid": "\(kid)"])
        }
        opened.withLock { $0[kid] = key }
        return key
    }

    /// Closes all keys but these.
    func keep(_ kids: Set<KeyID>) {
        opened.withLock { opened in opened = opened.filter { kids.contains($0.key) } }
    }
}

/// A private key in guarded memory that several owners hold.
final class OpenedKey: Sendable {
    let key: SigningKey
    let signer: TokenSigner

    init(_ key: consuming SigningKey) {
        signer = TokenSigner(for: key.verificationKey)
        self.key = key
    }
}
