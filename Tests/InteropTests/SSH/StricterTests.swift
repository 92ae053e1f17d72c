import CalendarTime
import Foundation
import SSHSignatures
import Support
import Testing

/// Everything in which Coldmint is stricter than ssh-keygen: the section of docs/ssh-signatures.md, its
/// reasons, and an example of each.
@Suite(.tags(.otherPrograms), .long) struct StricterTests {
    private let keygen: SSHKeygen
    private let forms: [String: SSHKeygen.Form]
    private let now: Timestamp

    init() async throws {
        keygen = try SSHKeygen()
        forms = try await keygen.forms()
        now = try Timestamp(parsing: "2027-06-01T12:00:00Z")
    }

    private func question(form name: String) throws -> SSHKeygen.Question {
        let form = try #require(forms[name], "\(name)")
        return .init(
            signature: Array(form.signature.utf8), list: Array("alice \(form.key)\n".utf8),
            time: now)
    }

    private func question(
        signature: (String) -> String = { $0 }, list: (String) -> String = { "alice \($0)\n" }
    ) throws -> SSHKeygen.Question {
        let form = try #require(forms["plain"])
        return .init(
            signature: Array(signature(form.signature).utf8), list: Array(list(form.key).utf8),
            time: now)
    }

    private static let oddForms: [String: Stricter] = [
        "untouched": .presence, "untouched with a PIN": .presence, "version 0": .version,
        "reserved": .reservedField, "S + L": .oneSignature,
        "S + L of a security key": .oneSignature, "small R": .oneSignature,
        "small key": .mainGroup, "mixed key": .mainGroup, "zero after key type": .zeroBytes,
        "zero after namespace": .namespace, "zero after hash": .zeroBytes,
        "zero after signature type": .zeroBytes, "zero after application": .zeroBytes,
    ]

    private func examples() async throws -> [(reason: Stricter, question: SSHKeygen.Question)] {
        let signatures: [(Stricter, (String) -> String)] = [
            (.base64, { $0.replacing("AAAA", with: "AA AA") }),
            (.base64, { $0.replacing("AAAA", with: "AA\tAA") }),
            (.base64, { $0.replacing("\n-----END", with: "\r\n-----END") }),
            (.textAfterEnd, { $0 + "x" }), (.textAfterEnd, { $0 + $0 }),
            (.textAfterEnd, { $0.dropLast() + "\r\n" }),
            (.signatureSize, { $0 + String(repeating: "\n", count: 16_384) }),
        ]
        let lists: [(Stricter, (String) -> String)] = [
            (.wholeList, { "alice \($0)\nx\n" }),
            (.wholeList, { "bob ssh-rsa AAAA\nalice \($0)\n" }),
            (.characters, { "alice \($0) \u{202e}\n" }), (.characters, { "alice \($0) \u{1b}\n" }),
            (.wholeList, { "# \u{85}\nalice \($0)\n" }), (.characters, { "alice \($0)\0\n" }),
            (.names, { "al* \($0)\n" }), (.names, { "\"alice\" \($0)\n" }),
            (.names, { "alice,, \($0)\n" }), (.names, { "!bob,* \($0)\n" }),
            (.names, { "alice,\u{200b} \($0)\n" }),
            (.people, { "alice \($0)\nbob \($0)\n" }), (.people, { "alice \($0)\nALICE \($0)\n" }),
            (.options, { "alice ,namespaces=\"*\" \($0)\n" }),
            (.options, { "alice valid-after=\"20260101Z\",,namespaces=\"*\" \($0)\n" }),
            (.times, { "alice valid-after=\"20260101\" \($0)\n" }),
            (.times, { "alice valid-after=\"20260101z\" \($0)\n" }),
            (.times, { "alice valid-after=\"20260101UTC\" \($0)\n" }),
            (.times, { "alice valid-after=\"20260230Z\" \($0)\n" }),
            (.times, { "alice valid-after=\"20260101000060Z\" \($0)\n" }),
            (.listSize, { "alice \($0)\n#" + String(repeating: "x", count: 1_048_576) }),
        ]
        return try Self.oddForms.map { ($1, try question(form: $0)) }
            + signatures.map { ($0, try question(signature: $1)) }
            + lists.map { ($0, try question(list: $1)) } + (try await otherKeys())
    }

    /// Signatures by keys of types that are not taken.
    private func otherKeys() async throws -> [(Stricter, SSHKeygen.Question)] {
        var examples: [(Stricter, SSHKeygen.Question)] = []
        for type in ["rsa", "ecdsa"] {
            try await keygen.shell(
                """
                ssh-keygen -q -t \(type) -N '' -f \(type) &&
                ssh-keygen -q -Y sign -n \(SSHKeygen.namespace) -f \(type) <file >\(type).sig
                """)
            var question = try question()
            question.list = Array("alice \(try keygen.bench.read("\(type).pub"))".utf8)
            question.signature = try keygen.bench.readBytes("\(type).sig")
            examples.append((.keyTypes, question))
        }
        return examples
    }

    @Test func `each example is refused for its reason, and ssh-keygen accepts it`() async throws {
        let examples = try await examples()
        let answers = try await keygen.answers(to: examples.map(\.question))
        for ((reason, question), isAccepted) in zip(examples, answers) {
            let text = String(
                decoding: question.list.prefix(500) + question.signature.prefix(500),
                as: UTF8.self
            ).debugDescription
            let verdict = OwnVerdict(to: question, file: keygen.file)
            #expect(verdict.person == nil, "\(text)")
            #expect(Stricter(verdict, to: question, file: keygen.file) == reason, "\(text)")
            // Of these, later versions of ssh-keygen refuse some too.
            let isDated = reason == .oneSignature || reason == .mainGroup
            #expect(isAccepted || isDated, "\(reason): \(text)")
        }
        #expect(Set(examples.map(\.reason)) == Set(Stricter.allCases))
    }

    @Test func `what is made from the published formats is good to both`() async throws {
        let questions = try SSHKeygen.goodForms.map(question(form:))
        #expect(questions.count + Self.oddForms.count == forms.count)
        let answers = try await keygen.answers(to: questions)
        for ((name, question), isAccepted) in zip(zip(SSHKeygen.goodForms, questions), answers) {
            #expect(isAccepted, "\(name)")
            #expect(OwnVerdict(to: question, file: keygen.file).person == "alice", "\(name)")
        }
    }

    @Test func `the page has each reason, and no other`() throws {
        let page = try String(
            contentsOfFile: "\(Workbench.repository)/docs/ssh-signatures.md", encoding: .utf8)
        let section = try #require(
            page.components(separatedBy: "\n## ").first {
                $0.hasPrefix("Stricter than ssh-keygen\n")
            })
        let points = section.matches(of: /(?m)^- \*\*(.+?)\*\*/).map { String($0.1) }
        #expect(points.sorted() == Stricter.allCases.map { $0.rawValue + "." }.sorted())
    }
}
