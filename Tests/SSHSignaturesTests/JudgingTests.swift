import CalendarTime
import Signatures
import Testing

@testable import SSHSignatures

/// What a signature is worth for a file, by a list, at a time.
struct JudgingTests {
    private let key: TestKey
    private let now: Timestamp

    init() throws {
        key = try TestKey()
        now = try Timestamp(parsing: "2027-06-01T12:00:00Z")
    }

    private func judge(
        _ signature: SSHSignature, by signers: AllowedSigners, of bytes: [UInt8] = file
    ) -> SignatureJudgement {
        signers.judge(
            signature, of: SignedFileDigests(of: bytes), namespace: namespace, at: now)
    }

    private func refusal(
        _ signature: SSHSignature? = nil, by lines: String...
    ) throws -> SignatureRefusal? {
        let text = lines.map { $0 + "\n" }.joined()
        let signers = try AllowedSigners(parsing: Array(text.utf8))
        switch judge(try signature ?? key.signature(), by: signers) {
        case .fitsButDoesNotCount(let refusal): return refusal
        case .counts, .doesNotFit: return nil
        }
    }

    @Test(arguments: ["sha256", "sha512"])
    func `the signature of a person on the list counts`(hash: String) throws {
        let other = try TestKey()
        let signers = try signers("bob \(other.line)", "alice \(key.line) laptop")
        let judgement = judge(try key.signature(hash: hash), by: signers)
        #expect(judgement == .counts(signers.entries[1]))
    }

    @Test func `a signature of another file does not fit, whoever made it`() throws {
        let signers = try signers("alice \(key.line)")
        #expect(judge(try key.signature(), by: signers, of: file + file) == .doesNotFit)
        let stranger = try TestKey()
        #expect(judge(try stranger.signature(), by: signers, of: []) == .doesNotFit)
    }

    @Test func `a signature for another namespace does not count`() throws {
        let signature = try key.signature(namespace: "git")
        #expect(try refusal(signature, by: "alice \(key.line)") == .otherNamespace("git"))
    }

    /// The text of both is the same, and their bytes are not.
    @Test func `a namespace in another normal form is another one`() throws {
        let signers = try signers("alice \(key.line)")
        let judgement = signers.judge(
            try key.signature(namespace: "caf\u{e9}"), of: SignedFileDigests(of: file),
            namespace: "cafe\u{301}", at: now)
        #expect(judgement == .fitsButDoesNotCount(.otherNamespace("caf\u{e9}")))
    }

    @Test func `a security key that was not touched does not count`() throws {
        let device = try TestKey(application: "ssh:")
        let signers = try signers("alice \(device.line)")
        #expect(judge(try device.signature(), by: signers) == .counts(signers.entries[0]))
        for flags in [0x00, 0x04, 0xfe] as [UInt8] {
            let signature = try device.signature(flags: flags)
            #expect(try refusal(signature, by: "alice \(device.line)") == .noUserPresence)
        }
    }

    @Test func `a key that is nobody's does not count`() throws {
        let other = try TestKey()
        #expect(
            try refusal(by: "bob \(other.line)")
                == .unknownKey(fingerprint: key.publicKey.fingerprint))
    }

    @Test func `a security key of another application is another key`() throws {
        let device = try TestKey(application: "ssh:")
        let other = TestKey.blob(of: device.publicKey.key.bytes, application: "ssh:work")
        let line = "sk-ssh-ed25519@openssh.com \(Base64.standard.encodeToString(other))"
        #expect(
            try refusal(try device.signature(), by: "alice \(line)")
                == .unknownKey(fingerprint: device.publicKey.fingerprint))
    }

    @Test func `a key for other namespaces does not count`() throws {
        #expect(
            try refusal(by: "alice namespaces=\"git,file\" \(key.line)")
                == .namespaceNotAllowed(person: "alice", namespaces: "git,file"))
    }

    @Test func `a key does not count before its time`() throws {
        let from = try Timestamp(parsing: "2027-06-01T12:00:01Z")
        #expect(
            try refusal(by: "alice valid-after=\"20270601120001Z\" \(key.line)")
                == .notYetValid(person: "alice", from: from))
        #expect(try refusal(by: "alice valid-after=\"202706011200Z\" \(key.line)") == nil)
    }

    @Test func `a key does not count after its time`() throws {
        let until = try Timestamp(parsing: "2027-06-01T11:59:59Z")
        #expect(
            try refusal(by: "alice valid-before=\"20270601115959Z\" \(key.line)")
                == .noLongerValid(person: "alice", until: until))
        #expect(try refusal(by: "alice valid-before=\"202706011200Z\" \(key.line)") == nil)
    }

    @Test func `any line that allows the key is enough`() throws {
        let signers = try signers(
            "alice namespaces=\"git\" \(key.line)", "alice valid-before=\"20270101Z\" \(key.line)",
            "alice valid-after=\"20270501Z\",namespaces=\"coldmint-*\" \(key.line)")
        #expect(judge(try key.signature(), by: signers) == .counts(signers.entries[2]))
    }

    @Test func `of several reasons the nearest is given`() throws {
        let from = try Timestamp(parsing: "2027-07-01")
        let lines = [
            "alice namespaces=\"git\" \(key.line)",
            "alice valid-before=\"20270101Z\" \(key.line)",
            "alice valid-before=\"20270201Z\" \(key.line)",
            "alice valid-after=\"20270801Z\" \(key.line)",
            "alice valid-after=\"20270701Z\" \(key.line)",
        ]
        #expect(
            try refusal(by: lines.joined(separator: "\n"))
                == .notYetValid(person: "alice", from: from))
        let until = try Timestamp(parsing: "2027-02-01")
        #expect(
            try refusal(by: lines[..<3].joined(separator: "\n"))
                == .noLongerValid(person: "alice", until: until))
    }

    @Test func `each refusal is a sentence that can be shown`() throws {
        let time = now
        let refusals: [SignatureRefusal] = [
            .otherNamespace(String(repeating: "n", count: 900)), .noUserPresence,
            .unknownKey(fingerprint: "SHA256:x"),
            .namespaceNotAllowed(person: "alice", namespaces: String(repeating: "x,", count: 900)),
            .notYetValid(person: "alice", from: time), .noLongerValid(person: "alice", until: time),
        ]
        #expect(Set(refusals.map(\.description)).count == refusals.count)
        for text in refusals.map(\.description) {
            #expect(text.count < 200)
            #expect(!text.hasSuffix("."))
        }
    }
}
