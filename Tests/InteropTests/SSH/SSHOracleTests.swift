import CalendarTime
import SSHSignatures
import Support
import Testing

/// Coldmint's reader and ssh-keygen, asked the same of thousands of signatures and lists.
@Suite(.tags(.otherPrograms), .long) struct SSHOracleTests {
    private let keygen: SSHKeygen
    private let now: Timestamp

    init() throws {
        keygen = try SSHKeygen()
        now = try Timestamp(parsing: "2027-06-01T12:00:00Z")
    }

    private func question(_ signature: some Sequence<UInt8>, _ list: String) -> SSHKeygen.Question {
        .init(signature: Array(signature), list: Array(list.utf8), time: now)
    }

    /// What Coldmint accepts ssh-keygen must accept, and what only ssh-keygen accepts needs a reason.
    ///
    /// - Returns: how often both accepted, and the reasons that came up.
    private func compare(
        _ questions: [SSHKeygen.Question]
    ) async throws -> (accepted: Int, reasons: Set<Stricter>) {
        let verdicts = questions.map { OwnVerdict(to: $0, file: keygen.file) }
        let asked = zip(questions, verdicts).map { question, verdict in
            var asked = question
            asked.person = verdict.person ?? question.person
            return asked
        }
        let answers = try await keygen.answers(to: asked)
        var accepted = 0
        var reasons: Set<Stricter> = []
        for ((question, verdict), isAccepted) in zip(zip(asked, verdicts), answers) {
            let text = String(decoding: question.list + question.signature, as: UTF8.self)
            if verdict.person != nil {
                #expect(isAccepted, "ssh-keygen refuses \(text.debugDescription)")
                accepted += 1
            } else if isAccepted {
                let reason = Stricter(verdict, to: question, file: keygen.file)
                #expect(reason != nil, "\(verdict): \(text.debugDescription)")
                if let reason { reasons.insert(reason) }
            }
        }
        return (accepted, reasons)
    }

    @Test func `no changed signature is accepted that ssh-keygen refuses`() async throws {
        let forms = try await keygen.forms()
        let bases = try SSHKeygen.goodForms.map { try #require(forms[$0]) }
        let list = Set(bases.map { "alice \($0.key)\n" }).sorted().joined()
        let seed = UInt64.random(in: 0..<1 << 32)
        print("SSHOracleTests: signatures, seed \(seed)")
        var mutator = SignatureMutator(seed: seed)
        let questions = (0..<2000).map { _ in
            question(mutator.mutant(of: bases.map(\.signature)), list)
        }
        let (accepted, reasons) = try await compare(questions)
        print("SSHOracleTests: \(accepted) accepted; \(reasons.map(\.rawValue).sorted())")
        #expect((100..<1900).contains(accepted))
        #expect(reasons.isSuperset(of: [.base64, .textAfterEnd, .reservedField, .zeroBytes]))
    }

    @Test func `no list is understood in another way than by ssh-keygen`() async throws {
        let forms = try await keygen.forms()
        let plain = try #require(forms["plain"])
        let device = try #require(forms["security key of another application"])
        try await keygen.shell("ssh-keygen -q -t ed25519 -N '' -C '' -f bob")
        let other = try keygen.bench.read("bob.pub").split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        let seed = UInt64.random(in: 0..<1 << 32)
        print("SSHOracleTests: lists, seed \(seed)")
        var generator = SignersListGenerator(seed: seed)
        let questions = (0..<1000).map { number in
            let asked = number % 4 == 0 ? device : plain
            var question = question(asked.signature.utf8, "")
            question.list = generator.list(of: (alice: asked.key, bob: other))
            return question
        }
        let (accepted, reasons) = try await compare(questions)
        print("SSHOracleTests: \(accepted) accepted; \(reasons.map(\.rawValue).sorted())")
        #expect((200..<900).contains(accepted))
        #expect(reasons.isSuperset(of: [.wholeList, .characters, .names, .times]))
    }
}
