import LicenseToken
import Signatures
import Signing

@testable import Bundles

/// Files of keys: private ones with and without a passphrase, public ones, key sets.
func testKey(_ bytes: [UInt8]) {
    if let key = try? EncryptedPrivateKey.publicKey(of: bytes) {
        require(key.bytes.count == 32, "a public key of another length")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    if let key = try? PublicKeyPEM.decode(text) {
        let again = try? PublicKeyPEM.decode(PublicKeyPEM.encode(key))
        require(again == key, "a public key changes when it is written")
    }
    if let keys = try? JWKSet(parsing: bytes) {
        let again = try? JWKSet(parsing: keys.encoded())
        require(again?.encoded() == keys.encoded(), "a key set changes when it is written")
    }
    testPrivateKey(bytes)
}

private func testPrivateKey(_ bytes: [UInt8]) {
    guard !bytes.isEmpty, bytes.count <= PrivateKeyPEM.maximumByteCount,
        var text = try? SecretBytes(count: bytes.count)
    else { return }
    text.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
    guard let key = try? PrivateKeyPEM.decode(text) else { return }
    guard let written = try? PrivateKeyPEM.encode(key),
        let again = try? PrivateKeyPEM.decode(written)
    else {
        require(false, "a private key cannot be written")
        return
    }
    require(
        again.verificationKey == key.verificationKey, "a private key changes when it is written")
}
