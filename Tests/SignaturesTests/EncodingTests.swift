import Signatures
import Testing

struct EncodingTests {
    /// RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
        ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
    ])
    func `base64url without padding goes there and back`(plain: String, encoded: String) {
        #expect(Base64.url.encodeToString(Array(plain.utf8)) == encoded)
        #expect(Base64.url.decode(encoded.utf8) == Array(plain.utf8))
    }

    @Test(arguments: ["Zg==", "Zh", "Z", "Zm9v ", "Zm9v\n", "Zm+v", "Zm/v", "Zm9v\0", "Zm9vYg="])
    func `only the canonical text is decoded`(text: String) {
        #expect(Base64.url.decode(text.utf8) == nil)
    }

    @Test func `each alphabet has its 64 characters and no other byte`() {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        for (base64, alphabet) in [(Base64.standard, letters + "+/"), (.url, letters + "-_")] {
            let taken = (UInt8.min...UInt8.max).filter {
                base64.decode([$0, 0x41, 0x41, 0x41]) != nil
            }
            #expect(taken == alphabet.utf8.sorted())
        }
    }

    @Test func `SHA-512 of one piece and of many is that of FIPS 180-4`() {
        let expected =
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        #expect(SHA512Digest(of: "abc".utf8).description == expected)
        #expect(SHA512Digest(of: "abc".lazy.flatMap(\.utf8)).description == expected)
        var hash = SHA512()
        for byte in "abc".utf8 { hash.update([byte]) }
        let digest = hash.finish()
        #expect(digest.description == expected)
        #expect(SHA512Digest(bytes: digest.bytes) == digest)
        #expect(SHA512Digest(bytes: digest.bytes.dropLast()) == nil)
    }

    @Test func `SHA-256 of one piece and of many is that of FIPS 180-4`() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(SHA256Digest(of: "abc".utf8).description == expected)
        var hash = SHA256()
        for byte in "abc".utf8 { hash.update([byte]) }
        #expect(hash.finish().description == expected)
    }

    @Test func `hexadecimal is lower case and whole`() {
        #expect(Hex.encode([0, 0xaf, 0x10]) == "00af10")
        #expect(Hex.decode("00af10".utf8) == [0, 0xaf, 0x10])
        #expect(Hex.decode("00AF".utf8) == nil)
        #expect(Hex.decode("000".utf8) == nil)
    }
}
