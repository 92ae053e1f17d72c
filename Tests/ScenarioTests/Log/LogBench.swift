import Support
import Testing

/// What the scenarios of the log have in common.
extension Workbench {
    /// An auditor's key beside a station, after the first bundle, whose checkpoint the auditor trusts.
    static func withAuditor() async throws -> Workbench {
        let bench = try await Workbench.withStation()
        try await bench.issue("A")
        _ = try await bench.succeed(
            """
            umask 077; openssl genpkey -algorithm ed25519 -out me.pem
            coldmint log checkpoint --vkey >log-key
            coldmint-verify witness-key --key me.pem --name me.example.org >me.vkey
            coldmint log checkpoint >first
            coldmint-cosign --first first >cosigned-first
            """)
        return bench
    }

    func issue(_ name: String, for customer: String = "acme") async throws {
        try drop(
            #"{"name":"\#(name)","customer":"\#(customer)","payload":{"seats":5}}"#,
            as: "\(name).json")
        let run = try await coldmint("run")
        try #require(run.status == 0, "\(run.errors)")
    }

    /// A line of shell, in which `coldmint`, `coldmint-verify` and `coldmint-cosign`, with the auditor's
    /// key and the log's, stand for the programs.
    func log(_ line: String) async throws -> Answer {
        try await shell(
            """
            coldmint() { '\(Self.binary)' "$@"; }
            coldmint-verify() { '\(Self.verifier)' "$@"; }
            coldmint-cosign() {
                coldmint-verify cosign --key me.pem --name me.example.org --seen seen \
                    --log-key "$(cat log-key)" "$@"
            }
            \(line)
            """)
    }

    func succeed(_ line: String) async throws -> String {
        let answer = try await log("set -e; \(line)")
        try #require(answer.status == 0, "\(line): \(answer.output)\(answer.errors)")
        return answer.output
    }

    func expect(
        _ line: String, _ status: Int32, saying hint: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let answer = try await log(line)
        #expect(
            answer.status == status, "\(line): \(answer.output)\(answer.errors)",
            sourceLocation: sourceLocation)
        #expect(
            answer.errors.contains(hint), "\(line): \(answer.errors)",
            sourceLocation: sourceLocation)
    }
}
