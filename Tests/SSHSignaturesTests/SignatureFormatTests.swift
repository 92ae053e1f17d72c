import Signatures
import Testing

@testable import SSHSignatures

/// What is refused before anything is verified.
struct SignatureFormatTests {
    private let parts: SignatureParts
    private let keyParts: SignatureParts

    init() throws {
        parts = try TestKey().parts()
        keyParts = try TestKey(application: "ssh:").parts()
    }

    private func error(
        _ parts: SignatureParts, _ change: (inout SignatureParts) -> Void
    ) -> SSHFormatError? {
        var changed = parts
        change(&changed)
        return error(in: changed.blob)
    }

    private func error(in blob: [UInt8]) -> SSHFormatError? {
        do throws(SSHFormatError) {
            _ = try SSHSignature(blob: blob)
            return nil
        } catch {
            return error
        }
    }

    @Test func `unchanged parts are read`() throws {
        #expect(error(in: parts.blob) == nil)
        #expect(error(in: keyParts.blob) == nil)
        #expect(try SSHSignature(blob: parts.blob).blob == parts.blob)
    }

    @Test(arguments: ["", "SSHSI", "sshsig", "SSHSIH", "\0SSHSIG", "SSHSIG\0"])
    func `another magic is refused`(magic: String) {
        let found = error(parts) { $0.magic = Array(magic.utf8) }
        #expect(magic == "SSHSIG\0" ? found == .unsupportedVersion(0) : found == .noMagic)
    }

    @Test(arguments: [0, 2, 0x0100_0000, .max] as [UInt32])
    func `another version is refused`(version: UInt32) {
        #expect(error(parts) { $0.version = version } == .unsupportedVersion(version))
    }

    @Test func `a reserved field that is not empty is refused`() {
        #expect(error(parts) { $0.reserved = [0] } == .reservedField)
        #expect(error(parts) { $0.reserved = Array("tag".utf8) } == .reservedField)
    }

    @Test(arguments: ["", "sha1", "SHA512", "sha512\0", "sha384", "sha256,sha512", "sha5*"])
    func `another hash is refused`(hash: String) {
        #expect(
            error(parts) { $0.hash = Array(hash.utf8) }
                == .unsupportedHash(hash.replacing("\0", with: "?")))
    }

    @Test(
        arguments: [
            [], [0], Array("a\0".utf8), Array("a\nb".utf8), Array("a\tb".utf8),
            Array("a\u{7f}".utf8),
            Array("a\u{85}".utf8), Array("a\u{202e}b".utf8), Array("a\u{2066}b".utf8), [0xff],
            [0xc3], [0xed, 0xa0, 0x80],
        ] as [[UInt8]])
    func `a namespace that is empty or no plain text is refused`(namespace: [UInt8]) {
        #expect(error(parts) { $0.namespace = namespace } == .namespaceNotText)
    }

    @Test(arguments: [
        "", "ssh-rsa", "ssh-ed25519\0", "SSH-ED25519", "sk-ssh-ed25519@openssh.com", "ssh-ed448",
    ])
    func `a signature of another type than the key is refused`(type: String) {
        #expect(
            error(parts) { $0.signatureType = Array(type.utf8) }
                == .otherSignatureType(type.replacing("\0", with: "?")))
    }

    @Test func `a plain signature by a security key is refused`() {
        #expect(
            error(keyParts) { $0.signatureType = Array("ssh-ed25519".utf8) }
                == .otherSignatureType("ssh-ed25519"))
    }

    @Test(arguments: [0, 63, 65, 128])
    func `a signature of another length is refused`(count: Int) {
        let signature = [UInt8](repeating: 1, count: count)
        #expect(error(parts) { $0.signature = signature } == .wrongSignatureLength(count))
        #expect(error(keyParts) { $0.signature = signature } == .wrongSignatureLength(count))
    }

    @Test func `bytes left over are refused wherever they are`() {
        #expect(error(parts) { $0.atEnd = [0] } == .trailingBytes)
        #expect(error(parts) { $0.afterSignature = [0] } == .trailingBytes)
        #expect(error(parts) { $0.publicKey.append(0) } == .trailingBytes)
        #expect(error(parts) { $0.presence = [1, 0, 0, 0, 0] } == .trailingBytes)
        #expect(error(keyParts) { $0.atEnd = [0] } == .trailingBytes)
        #expect(error(keyParts) { $0.afterSignature = [0] } == .trailingBytes)
        #expect(error(keyParts) { $0.publicKey.append(0) } == .trailingBytes)
    }

    @Test func `a security key without flags or counter is refused`() {
        for count in 0..<5 {
            #expect(
                error(keyParts) { $0.presence = [UInt8](repeating: 1, count: count) } == .truncated)
        }
    }

    @Test func `a signature cut off anywhere is refused`() {
        for parts in [parts, keyParts] {
            for count in 0..<parts.blob.count {
                let found = error(in: Array(parts.blob.prefix(count)))
                #expect(found == (count < 6 ? .noMagic : .truncated))
            }
        }
    }

    @Test func `lengths beyond the end are refused`() {
        var blob = parts.blob
        for length in [0x0000_ffff, 0x7fff_ffff, 0xffff_ffff] as [UInt32] {
            var number: [UInt8] = []
            number.append(number: length)
            blob.replaceSubrange(10..<14, with: number)
            #expect(error(in: blob) == .truncated)
        }
    }

    @Test func `more bytes than any signature has are not looked at`() {
        let limit = SSHSignature.maximumByteCount
        let blob = [UInt8](repeating: 0, count: limit + 1)
        #expect(error(in: blob) == .tooLong(limit: limit))
    }

    @Test func `what a message quotes is short and can be shown`() throws {
        let name = String(repeating: "\u{1b}[31m", count: 500)
        let found = try #require(error(parts) { $0.hash = Array(name.utf8) })
        #expect(found.description.count < 150)
        #expect(found.description.utf8.allSatisfy { (0x20...0x7e).contains($0) || $0 >= 0x80 })
    }
}
