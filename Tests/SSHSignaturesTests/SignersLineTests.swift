import CalendarTime
import PlainText
import Signatures
import Testing

@testable import SSHSignatures

/// The lines of a list, and what makes one unreadable.
struct SignersLineTests {
    private let key: TestKey
    private let line: String

    init() throws {
        key = try TestKey()
        line = key.line
    }

    @Test func `a line says whose the key is and what for`() throws {
        let time = try Timestamp(parsing: "2027-01-31T23:59:00Z")
        let signers = try signers(
            "# who may ask", "",
            "alice@example.com,al \tnamespaces=\"a*,!ab\",VALID-before=\"202701312359Z\" \(line)  "
                + "her laptop ")
        let entry = try #require(signers.entries.first)
        #expect(signers.entries.count == 1)
        #expect(entry.line == 3)
        #expect(entry.person == "alice@example.com")
        #expect(entry.otherNames == ["al"])
        #expect(entry.publicKey == key.publicKey)
        #expect(entry.namespaces == "a*,!ab")
        #expect(entry.validAfter == nil)
        #expect(entry.validBefore == time)
        #expect(entry.comment == "her laptop")
    }

    @Test func `what a line leaves out is not there`() throws {
        let entry = try #require(try signers("alice \(line)").entries.first)
        #expect(entry.namespaces == nil && entry.validAfter == nil && entry.validBefore == nil)
        #expect(entry.comment == nil)
        #expect(entry.allows(namespace: "anything") && entry.isValid(at: .latest))
    }

    @Test func `security keys are taken`() throws {
        let device = try TestKey(application: "ssh:")
        #expect(try signers("alice \(device.line)").entries[0].publicKey == device.publicKey)
    }

    @Test func `the last line may end with the file`() throws {
        #expect(try AllowedSigners(parsing: Array("alice \(line)".utf8)).entries.count == 1)
    }

    @Test func `lines that are blank or comments are passed over`() throws {
        let signers = try signers("", " ", "\t", "#", " # x", "#alice \(line)", "alice \(line)")
        #expect(signers.entries.map(\.line) == [7])
    }

    @Test func `blanks before the name are passed over`() throws {
        #expect(try signers(" \t alice\t \t\(line)").entries[0].person == "alice")
    }

    @Test func `line ends of Windows are taken`() throws {
        let text = "# x\r\n\r\nalice \(line)\r\nbob \(try TestKey().line) his\r\n"
        let signers = try AllowedSigners(parsing: Array(text.utf8))
        #expect(signers.people == ["alice", "bob"])
        #expect(signers.entries.map(\.comment) == [nil, "his"])
    }

    @Test func `the digest is that of the bytes`() throws {
        let text = "# x\nalice \(line)\n"
        let signers = try AllowedSigners(parsing: Array(text.utf8))
        #expect(signers.digest == SHA256Digest(of: text.utf8))
    }

    @Test func `people are listed once, in the order of the file`() throws {
        let signers = try signers(
            "bob \(try TestKey().line)", "alice \(line)", "bob \(try TestKey().line)")
        #expect(signers.people == ["bob", "alice"])
    }

    // MARK: - What is refused

    @Test(arguments: ["", "\n", "# nobody\n", "\r\n \n\t\n"])
    func `a file that names nobody is refused`(text: String) {
        #expect(faults(in: text) == [.init(line: 1, reason: .nobody)])
    }

    @Test func `a file that is too long is refused`() {
        let limit = AllowedSigners.maximumByteCount
        let text = "alice \(line)\n"
        let comment = "#" + String(repeating: "x", count: limit - text.utf8.count - 1)
        #expect(faults(in: text + comment) == [])
        #expect(
            faults(in: text + comment + "x") == [.init(line: 1, reason: .tooLong(limit: limit))])
    }

    @Test(arguments: [0x00, 0xff, 0xc3, 0xed] as [UInt8])
    func `zero bytes and what is not UTF-8 are refused, in comments too`(byte: UInt8) {
        let wanted: AllowedSignersError.Reason = byte == 0 ? .zeroByte : .notUTF8
        let good = Array("alice \(line)".utf8)
        for bad in [good + [0x20, byte], [byte] + good, Array("# ".utf8) + [byte]] {
            let text = good + [0x0a] + bad + [0x0a]
            #expect(faults(in: text) == [.init(line: 2, reason: wanted)])
        }
    }

    @Test(arguments: [
        "\u{b}", "\u{c}", "\r", "\u{1b}", "\u{7f}", "\u{85}", "\u{202a}", "\u{202e}", "\u{2066}",
        "\u{2069}",
    ])
    func `characters that hide a line are refused, in comments too`(character: String) throws {
        let point = try #require(character.unicodeScalars.first?.codePoint)
        let other = try TestKey().line
        for bad in ["bo\(character)b \(other)", "bob \(other) \(character)x", "# \(character)x"] {
            #expect(
                faults(in: "alice \(line)\n\(bad)\n")
                    == [.init(line: 2, reason: .control(point))])
        }
    }

    @Test func `a carriage return for a line end is refused`() {
        #expect(reasons(in: "alice \(line)\r\r\n") == [.control("U+000D")])
        #expect(reasons(in: "alice \(line)\rbob \(line)\n") == [.control("U+000D")])
    }

    @Test func `a byte order mark is refused`() {
        #expect(reasons(in: "\u{feff}alice \(line)") == [.byteOrderMark])
        #expect(reasons(in: "\u{feff}# x") == [.byteOrderMark])
    }

    @Test func `no fault hides another, and each says its line`() throws {
        let other = try TestKey().line
        let found = faults(
            in: """
                alice ssh-rsa AAAA
                bob \(line)
                *@example.com \(other)
                bob \(other)

                carol \(line)
                dave valid-after="x" \(other)
                eve
                """)
        #expect(found.map(\.line) == [1, 3, 6, 7, 8])
        #expect(found[2].reason == .keyOfAnother("bob", line: 2))
    }

    @Test func `at most a hundred faults are listed, the first`() {
        let found = faults(in: String(repeating: "x\n", count: 5000))
        #expect(found.map(\.line) == Array(1...100))
    }

    @Test func `each fault has a sentence of its own that can be shown`() {
        let text = String(repeating: "x", count: 900)
        let reasons: [AllowedSignersError.Reason] = [
            .tooLong(limit: 1), .nobody, .zeroByte, .notUTF8, .byteOrderMark, .control("U+001B"),
            .noPerson(keyType: "ssh-rsa"), .emptyName, .patternInName(text), .quoteInName,
            .hiddenInName("U+200B"), .longName(limit: 1), .sameNameInOtherCase("a", line: 1),
            .nameOfAnother("a", line: 1), .keyOfAnother("a", line: 1), .openQuote,
            .certificateAuthority, .unknownOption(text), .optionWithoutValue("namespaces"),
            .textAfterOption, .emptyOption, .repeatedOption("namespaces"),
            .noSuchTime(option: "valid-after", text), .validForNoTime, .allowsNoNamespace,
            .longPattern(limit: 1), .noKey, .unsupportedKeyType(text), .keyNotBase64,
            .badKey(.weakKey), .otherKeyType(written: "ssh-ed25519", held: "ssh-rsa"),
        ]
        let sentences = reasons.map(\.description)
        #expect(Set(sentences).count == reasons.count)
        for sentence in sentences {
            #expect(sentence != "not understood")
            #expect(sentence.count < 250 && !sentence.hasSuffix("."), "\(sentence)")
        }
    }
}
