import Signatures
import Testing

@testable import Signing

struct SigningKeyTests {
    /// RFC 8032, section 7.1, test 2.
    @Test func `signs as RFC 8032 does`() throws {
        let key = try signingKey(
            seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
        #expect(
            Hex.encode(key.verificationKey.bytes)
                == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        #expect(
            Hex.encode(key.sign([0x72]).bytes)
                == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
    }

    @Test func `a signature holds for its message and key alone`() throws {
        let key = try SigningKey.generate()
        let other = try SigningKey.generate()
        let message = Array("license".utf8)
        let signature = key.sign(message)
        #expect(key.verificationKey.isValid(signature, for: message))
        #expect(!key.verificationKey.isValid(signature, for: message + [0]))
        #expect(!key.verificationKey.isValid(signature, for: []))
        #expect(!other.verificationKey.isValid(signature, for: message))
        for bit in stride(from: 0, to: 512, by: 37) {
            var bytes = signature.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            let altered = try #require(Signature(bytes: bytes))
            #expect(!key.verificationKey.isValid(altered, for: message))
        }
    }

    @Test func `keys and signatures of another length are refused`() {
        #expect(VerificationKey(bytes: [UInt8](repeating: 1, count: 31)) == nil)
        #expect(Signature(bytes: [UInt8](repeating: 1, count: 65)) == nil)
    }
}

func signingKey(seed hex: String) throws -> SigningKey {
    try SigningKey(seed: secret(try #require(Hex.decode(hex.utf8))))
}

func secret(_ bytes: [UInt8]) throws -> SecretBytes {
    var secret = try SecretBytes(count: bytes.count)
    secret.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
    return secret
}
