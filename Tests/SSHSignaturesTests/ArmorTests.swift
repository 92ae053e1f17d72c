import SSHSignatures
import Signatures
import Testing

/// What stands around a signature's bytes.
struct ArmorTests {
    private static let begin = "-----BEGIN SSH SIGNATURE-----"
    private static let end = "-----END SSH SIGNATURE-----"

    /// As `ssh-keygen -Y sign` of OpenSSH 9.2 wrote it for `hello` and a line end.
    private static let genuine = """
        -----BEGIN SSH SIGNATURE-----
        U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg/ncXHXacNUZLymPOdXJiKm/3CO
        UkMmT1jgWqdhf0mdEAAAAcY29sZG1pbnQtcmVxdWVzdEBleGFtcGxlLmNvbQAAAAAAAAAG
        c2hhNTEyAAAAUwAAAAtzc2gtZWQyNTUxOQAAAEDciDLcJk7cS0Tq4AHCai2KDPLo55e61P
        lWJJ488kJdyydzAwz40oC2QffM2V8TsJ0SEisXwxDDkvFviZlYM9wD
        -----END SSH SIGNATURE-----

        """

    private static func error(in text: String) -> SSHFormatError? {
        do throws(SSHFormatError) {
            _ = try SSHSignature(armored: Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    private static func base64(_ text: String) throws -> String {
        let lines = text.split(separator: "\n")
        return lines.dropFirst().dropLast().joined()
    }

    @Test func `what ssh-keygen wrote is read and written again`() throws {
        let signature = try SSHSignature(armored: Array(Self.genuine.utf8))
        #expect(signature.armored == Self.genuine)
        #expect(signature.namespace == "coldmint-request@example.com")
        #expect(signature.hashAlgorithm == .sha512)
        #expect(signature.presence == nil)
        let digests = SignedFileDigests(of: Array("hello\n".utf8))
        #expect(signature.isValid(forDigest: signature.digest(among: digests)))
        #expect(try SSHSignature(blob: signature.blob) == signature)
    }

    @Test func `a last line that fills the width is written once`() throws {
        for count in 1...80 {
            let namespace = String(repeating: "n", count: count)
            let signature = try TestKey().signature(namespace: namespace)
            let lines = signature.armored.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.dropFirst().dropLast(2).allSatisfy { (1...70).contains($0.count) })
            #expect(try SSHSignature(armored: Array(signature.armored.utf8)) == signature)
        }
    }

    @Test(arguments: [1, 4, 60, 70, 76, 1000])
    func `lines may have any length`(length: Int) throws {
        var rest = try Self.base64(Self.genuine)[...]
        var text = Self.begin + "\n"
        while !rest.isEmpty {
            text += rest.prefix(length) + "\n"
            rest = rest.dropFirst(length)
        }
        #expect(Self.error(in: text + Self.end + "\n") == nil)
    }

    @Test(arguments: ["", "\n", "\n\n\n"])
    func `line ends may follow, or none`(ending: String) {
        #expect(Self.error(in: Self.genuine.dropLast() + ending) == nil)
    }

    @Test(arguments: ["x", " ", "\nx\n", "\n \n", "-", "\n-----BEGIN SSH SIGNATURE-----\n", "\r\n"])
    func `other text may not follow`(ending: String) {
        #expect(Self.error(in: Self.genuine.dropLast() + ending) == .textAfterEnd)
    }

    @Test func `two signatures in one file are refused`() {
        #expect(Self.error(in: Self.genuine + Self.genuine) == .textAfterEnd)
    }

    @Test(arguments: [
        "", "\n", " ", "\u{feff}", "-----BEGIN PGP SIGNATURE-----\n", "x\n", "-----BEGIN SSH",
    ])
    func `nothing may stand before the first line`(before: String) {
        #expect(Self.error(in: before) == .noBeginning)
        if !before.isEmpty { #expect(Self.error(in: before + Self.genuine) == .noBeginning) }
    }

    @Test func `a first line that does not end with LF alone is refused`() {
        for ending in ["\r\n", "\r", " \n", "", "-\n"] {
            let text = Self.genuine.replacing(Self.begin + "\n", with: Self.begin + ending)
            #expect(Self.error(in: text) == .noBeginning)
        }
    }

    @Test func `carriage returns in other lines are refused`() {
        let first = Self.begin + "\n"
        let rest = Self.genuine.dropFirst(first.count).replacing("\n", with: "\r\n")
        #expect(Self.error(in: first + rest) == .textAfterEnd)
        let inside = Self.genuine.replacing("CO\n", with: "CO\r\n")
        #expect(Self.error(in: inside) == .notBase64)
    }

    @Test func `a signature without its last line is not whole`() {
        #expect(Self.error(in: Self.begin + "\n") == .noEnd)
        #expect(Self.error(in: Self.genuine.replacing(Self.end + "\n", with: "")) == .noEnd)
        #expect(Self.error(in: String(Self.genuine.dropLast(2))) == .noEnd)
        #expect(Self.error(in: Self.genuine.replacing(Self.end, with: " " + Self.end)) == .noEnd)
        // ssh-keygen looks for a line end before it.
        #expect(Self.error(in: Self.genuine.replacing("\n" + Self.end, with: Self.end)) == .noEnd)
    }

    @Test(arguments: [" ", "\t", "\u{b}", "\u{c}", "\r", "\0", "=", "-", "_", ".", "é", "\n=\n"])
    func `anything but base64 between the lines is refused`(foreign: String) {
        for (place, changed) in [("U0lH", "U0\(foreign)lH"), ("CO\nUk", "CO\(foreign)\nUk")] {
            #expect(Self.genuine.contains(place))
            #expect(Self.error(in: Self.genuine.replacing(place, with: changed)) == .notBase64)
        }
    }

    @Test(arguments: ["=", "==", "A", "AA", "AB=="])
    func `base64 that is not canonical is refused`(tail: String) {
        #expect(Self.error(in: Self.genuine.replacing("M9wD", with: "M9wD" + tail)) == .notBase64)
    }

    @Test func `an empty signature is refused`() {
        #expect(Self.error(in: "\(Self.begin)\n\(Self.end)\n") == .noMagic)
        #expect(Self.error(in: "\(Self.begin)\n\n\(Self.end)\n") == .noMagic)
    }

    @Test func `a longer text than any signature is not looked at`() {
        let limit = SSHSignature.maximumByteCount
        let blank = String(repeating: "\n", count: limit - Self.genuine.utf8.count)
        #expect(Self.error(in: Self.genuine + blank) == nil)
        #expect(Self.error(in: Self.genuine + blank + "\n") == .tooLong(limit: limit))
    }
}
