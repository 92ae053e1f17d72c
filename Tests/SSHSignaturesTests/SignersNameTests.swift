import PlainText
import Signatures
import Testing

@testable import SSHSignatures

/// Whom a line names, and that two people are two.
struct SignersNameTests {
    private let line: String
    private let other: String

    init() throws {
        line = try TestKey().line
        other = try TestKey().line
    }

    @Test(arguments: [
        "alice", "alice@example.com", "Ålice", "日本", "a.b-c_d+e", "a=b", "a/b", "'alice'", "(a)",
        "alice:1", "[a]", "\\a", "a#b",
    ])
    func `a name is a word`(name: String) throws {
        #expect(try signers("\(name) \(line)").people == [name])
    }

    @Test(arguments: [
        "*", "alice*", "*@example.com", "?lice", "!alice", "al!ce", "alice,*", "a,!b", "*\u{301}",
        "a?\u{20dd}",
    ])
    func `patterns are refused`(names: String) throws {
        let name = names.split(separator: ",").last.map(String.init) ?? names
        #expect(reasons(in: "\(names) \(line)") == [.patternInName(name)])
    }

    @Test(arguments: [
        #""alice""#, #"al"ice"#, #""alice"#, #"alice,"bob""#, "\"\u{301}alice", "\"\"",
    ])
    func `quotation marks are refused`(names: String) {
        #expect(reasons(in: "\(names) \(line)") == [.quoteInName])
    }

    @Test(arguments: [",", "alice,", ",alice", "alice,,bob"])
    func `empty names are refused`(names: String) {
        #expect(reasons(in: "\(names) \(line)") == [.emptyName])
    }

    @Test(arguments: [
        "\u{200b}", "\u{200d}", "\u{ad}", "\u{feff}", "\u{a0}", "\u{2003}", "\u{200e}", "\u{3164}",
        "\u{fe0f}", "\u{115f}",
    ])
    func `characters that cannot be seen are refused`(character: String) throws {
        let point = try #require(character.unicodeScalars.first?.codePoint)
        #expect(reasons(in: "al\(character)ice \(line)") == [.hiddenInName(point)])
    }

    @Test func `a name has a limit`() {
        let limit = SignerNames.maximumByteCount
        let name = String(repeating: "a", count: limit)
        #expect(reasons(in: "\(name) \(line)") == [])
        #expect(reasons(in: "\(name)a \(line)") == [.longName(limit: limit)])
        #expect(reasons(in: "b,\(name)a \(line)") == [.longName(limit: limit)])
    }

    @Test func `a line without a name is refused as such`() {
        #expect(reasons(in: line) == [.noPerson(keyType: "ssh-ed25519")])
        #expect(reasons(in: "ssh-rsa AAAA") == [.noPerson(keyType: "ssh-rsa")])
    }

    // MARK: - Two people are two

    @Test func `one key of two people is refused`() {
        #expect(
            faults(in: "alice \(line)\nbob \(line)\n")
                == [.init(line: 2, reason: .keyOfAnother("alice", line: 1))])
    }

    @Test func `one point of two people is refused although the types differ`() throws {
        let device = try TestKey(application: "ssh:")
        let plain = TestKey.blob(of: device.publicKey.key.bytes)
        let text = "alice \(device.line)\nbob ssh-ed25519 \(base64(plain))\n"
        #expect(faults(in: text) == [.init(line: 2, reason: .keyOfAnother("alice", line: 1))])
    }

    @Test func `one person may have several keys, and one key several lines`() throws {
        let list = try signers(
            "alice \(line)", "alice \(other)", "alice valid-after=\"20270101Z\" \(line)")
        #expect(list.people == ["alice"])
    }

    @Test(arguments: [
        ("alice", "Alice"), ("straße", "STRASSE"), ("ΣΟΦΙΑ", "σοφια"), ("é", "e\u{301}"),
        ("É", "e\u{301}"),
    ])
    func `people whose names differ in case or normal form only are refused`(
        first: String, second: String
    ) {
        let text = "\(first) \(line)\n\(second) \(other)\n"
        // Simple folding keeps ß and ss apart, and so does a reader.
        let wanted: [AllowedSignersError.Reason] =
            first == "straße" ? [] : [.sameNameInOtherCase(first, line: 1)]
        #expect(reasons(in: text) == wanted)
    }

    @Test func `a person's name is no further name of another`() {
        let text = "alice,bob \(line)\nbob \(other)\n"
        #expect(faults(in: text) == [.init(line: 2, reason: .nameOfAnother("bob", line: 1))])
        let reversed = "Bob \(line)\nalice,bob \(other)\n"
        #expect(faults(in: reversed) == [.init(line: 1, reason: .nameOfAnother("Bob", line: 2))])
    }

    @Test func `people may share a further name`() {
        #expect(reasons(in: "alice,team \(line)\nbob,team \(other)\n") == [])
        #expect(reasons(in: "alice,alice,ALICE \(line)\n") == [])
    }
}
