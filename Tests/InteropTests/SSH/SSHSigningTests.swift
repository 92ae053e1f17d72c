import CalendarTime
import SSHSignatures
import Signatures
import Support
import Testing

/// What people sign with ssh-keygen, from key files, an agent and security keys.
@Suite(.tags(.otherPrograms), .long) struct SSHSigningTests {
    private let keygen: SSHKeygen
    private let now: Timestamp

    init() throws {
        keygen = try SSHKeygen()
        now = try Timestamp(parsing: "2027-06-01T12:00:00Z")
    }

    /// A signature, and the list of whose key it was made with.
    private func made(
        _ name: String
    ) throws -> (signature: SSHSignature, question: SSHKeygen.Question) {
        let text = try keygen.bench.readBytes("\(name).sig")
        let line = "alice \(try keygen.bench.read("\(name).pub"))"
        return (
            try SSHSignature(armored: text),
            SSHKeygen.Question(signature: text, list: Array(line.utf8), time: now)
        )
    }

    @Test(arguments: [
        "-n coldmint-request@example.com", "-n coldmint-request@example.com -O hashalg=sha256",
        "-n coldmint-request@example.com -O hashalg=sha512",
    ])
    func `a signature by a key file counts`(options: String) async throws {
        try await keygen.shell(
            """
            ssh-keygen -q -t ed25519 -N '' -C 'her laptop' -f key &&
            ssh-keygen -q -Y sign \(options) -f key file && mv file.sig key.sig
            """)
        let (signature, question) = try made("key")
        #expect(OwnVerdict(to: question, file: keygen.file).person == "alice")
        #expect(OwnVerdict(to: question, file: keygen.file + [0]).person == nil)
        #expect(Array(signature.armored.utf8) == question.signature)
        #expect(signature.hashAlgorithm == (options.hasSuffix("sha256") ? .sha256 : .sha512))
        let printed = try await keygen.shell("ssh-keygen -l -f key.pub")
        #expect(printed == "256 \(signature.publicKey.fingerprint) her laptop (ED25519)\n")
    }

    @Test(arguments: [
        "git", "é", "a b", "日本", "*", "a,b", "\\", "'", String(repeating: "n", count: 900),
    ])
    func `a namespace is read as it was given`(namespace: String) async throws {
        try await keygen.writeKey(to: "key")
        let answer = try await keygen.bench.run(
            "ssh-keygen", ["-q", "-Y", "sign", "-n", namespace, "-f", "key", "file"])
        try #require(answer.status == 0, "\(answer.errors)")
        try await keygen.shell("mv file.sig key.sig")
        var (signature, question) = try made("key")
        question.namespace = namespace
        #expect(Array(signature.namespace.utf8) == Array(namespace.utf8))
        #expect(OwnVerdict(to: question, file: keygen.file).person == "alice")
        #expect(try await keygen.answers(to: [question]) == [true])
    }

    @Test func `an agent signs with the public key's file`() async throws {
        try await keygen.shell(
            """
            ssh-keygen -q -t ed25519 -N '' -f key
            ssh-agent bash -c 'ssh-add -q key && rm key &&
                ssh-keygen -q -Y sign -n \(SSHKeygen.namespace) -f key.pub <file >key.sig'
            """)
        let (_, question) = try made("key")
        #expect(OwnVerdict(to: question, file: keygen.file).person == "alice")
    }

    @Test(arguments: [0, 1, 77, 4_294_967_295] as [UInt32])
    func `a security key that is touched counts`(counter: UInt32) async throws {
        try await keygen.buildSecurityKey()
        try await keygen.shell(
            """
            export SSH_SK_PROVIDER=$PWD/security-key.so SECURITY_KEY_COUNTER=\(counter)
            ssh-keygen -q -t ed25519-sk -N '' -C token -f key &&
            ssh-keygen -q -Y sign -n \(SSHKeygen.namespace) -f key <file >key.sig
            """)
        let (signature, question) = try made("key")
        #expect(signature.presence?.flags == 0x01)
        #expect(signature.presence?.counter == counter)
        #expect(signature.publicKey.kind == .securityKey(application: Array("ssh:".utf8)))
        #expect(OwnVerdict(to: question, file: keygen.file).person == "alice")
        #expect(try await keygen.answers(to: [question]) == [true])
        let printed = try await keygen.shell("ssh-keygen -l -f key.pub")
        #expect(printed == "256 \(signature.publicKey.fingerprint) token (ED25519-SK)\n")
    }

    @Test func `a security key that need not be touched does not count`() async throws {
        try await keygen.buildSecurityKey()
        try await keygen.shell(
            """
            export SSH_SK_PROVIDER=$PWD/security-key.so
            ssh-keygen -q -t ed25519-sk -O no-touch-required -N '' -f key &&
            ssh-keygen -q -Y sign -n \(SSHKeygen.namespace) -f key <file >key.sig
            """)
        let (signature, question) = try made("key")
        #expect(signature.presence?.flags == 0x00)
        guard case .doesNotCount(.noUserPresence) = OwnVerdict(to: question, file: keygen.file)
        else {
            Issue.record("a signature without a touch counts")
            return
        }
    }

    @Test func `a key's time has the same ends as for ssh-keygen`() async throws {
        try await keygen.writeKey(to: "key")
        try await keygen.shell(
            "ssh-keygen -q -Y sign -n \(SSHKeygen.namespace) -f key file && mv file.sig key.sig")
        let question = try made("key").question
        let line = try keygen.bench.read("key.pub")
        var questions: [SSHKeygen.Question] = []
        for options in [
            #"valid-after="20270601Z""#, #"valid-after="202706011200Z""#,
            #"valid-before="20270601120000Z""#,
            #"valid-after="20270601120000Z",valid-before="20270601120001Z""#,
        ] {
            for time in [
                "2027-05-31T23:59:59Z", "2027-06-01T00:00:00Z", "2027-06-01T11:59:59Z",
                "2027-06-01T12:00:00Z", "2027-06-01T12:00:01Z", "2027-06-01T12:00:02Z",
            ] {
                var asked = question
                asked.list = Array("alice \(options) \(line)".utf8)
                asked.time = try Timestamp(parsing: time)
                questions.append(asked)
            }
        }
        let answers = try await keygen.answers(to: questions)
        #expect(Set(answers) == [true, false])
        #expect(
            questions.map { OwnVerdict(to: $0, file: keygen.file).person != nil } == answers)
    }
}
