import CalendarTime
import Foundation
import SSHSignatures
import Support
import Testing

/// Debian's ssh-keygen, in a folder with a file that is signed.
final class SSHKeygen: Sendable {
    static let namespace = "coldmint-request@example.com"
    private static let folder = "\(Workbench.repository)/Tests/InteropTests/SSH"

    /// One signature of the file, and the question whether it counts.
    struct Question: Sendable {
        var signature: [UInt8]
        var list: [UInt8]
        var person = "alice"
        var namespace = SSHKeygen.namespace
        var time: Timestamp
    }

    /// The names of those forms of sshsig.py that everybody takes.
    static let goodForms = [
        "plain", "plain sha256", "security key", "security key sha256", "security key with a PIN",
        "security key that has signed often", "security key of another application",
        "security key without application",
    ]

    /// A signature made from the published formats alone.
    struct Form: Sendable {
        /// As a `.pub` file has it.
        let key: String
        let signature: String
    }

    let bench: Workbench
    let file = Array("{\"name\":\"A\"}\n".utf8)

    init() throws {
        bench = try Workbench()
        try bench.write(file, to: "file")
    }

    /// Runs a line of shell, which must succeed.
    @discardableResult func shell(_ line: String) async throws -> String {
        let answer = try await bench.shell(line)
        try #require(answer.status == 0, "\(line): \(answer.errors)")
        return answer.output
    }

    /// By name, good and odd ones, always the same.
    func forms(namespace: String = namespace) async throws -> [String: Form] {
        let answer = try await bench.run(
            "/usr/bin/python3", ["\(Self.folder)/sshsig.py", namespace, "file"])
        try #require(answer.status == 0, "\(answer.errors)")
        let made = try JSONDecoder().decode(
            [String: [String: String]].self, from: Data(answer.output.utf8))
        return try made.mapValues {
            Form(key: try #require($0["key"]), signature: try #require($0["signature"]))
        }
    }

    /// Writes a private key that is always the same.
    func writeKey(to name: String) async throws {
        try await shell(
            "umask 077 && /usr/bin/python3 '\(Self.folder)/sshsig.py' key >\(name)"
                + " && ssh-keygen -y -f \(name) >\(name).pub")
    }

    /// Builds a security key without a device, for SSH_SK_PROVIDER.
    func buildSecurityKey() async throws {
        try await shell(
            "clang -shared -fPIC -o security-key.so '\(Self.folder)/security-key.c' -lsodium")
    }

    /// What `ssh-keygen -Y verify` says to each, asked in as many processes as there are processors.
    func answers(to questions: [Question]) async throws -> [Bool] {
        let share = max(1, questions.count / ProcessInfo.processInfo.activeProcessorCount + 1)
        let starts = Array(stride(from: 0, to: questions.count, by: share))
        return try await withThrowingTaskGroup(of: (Int, [Bool]).self) { group in
            for start in starts {
                let part = questions[start...].prefix(share)
                group.addTask { (start, try await self.ask(Array(part), label: "\(start)")) }
            }
            var answers: [Int: [Bool]] = [:]
            for try await (start, part) in group { answers[start] = part }
            return starts.flatMap { answers[$0] ?? [] }
        }
    }

    private func ask(_ questions: [Question], label: String) async throws -> [Bool] {
        var script = """
            ask() {
                ssh-keygen -Y verify -f "$2" -I "$3" -n "$4" -O verify-time="$5" -s "$1" <file \\
                    >/dev/null 2>&1 && echo yes || echo no
            }

            """
        for (number, question) in questions.enumerated() {
            let name = "\(label)-\(number)"
            try bench.write(question.signature, to: "\(name).sig")
            try bench.write(question.list, to: "\(name).list")
            let time = question.time.basicFormat.replacing("T", with: "")
            let words = ["\(name).sig", "\(name).list", question.person, question.namespace, time]
            script += "ask \(words.map(Self.quoted).joined(separator: " "))\n"
        }
        try bench.write(script, to: "\(label).sh")
        let answer = try await bench.run("/bin/bash", ["\(label).sh"])
        let lines = answer.output.split(separator: "\n")
        try #require(lines.count == questions.count, "\(answer.errors)")
        return lines.map { $0 == "yes" }
    }

    private static func quoted(_ word: String) -> String {
        "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}
