import Foundation
import Support

/// Licenses of a station, issued ten days ago; beside them the station's keys.
struct DocumentedTokens {
    struct Answer: Sendable {
        let name: String
        let token: String
        /// What each program of docs/verify prints for it.
        let line: String
        let mayRun: Bool
    }

    /// The folder of the station, with the keys that its bundles have.
    let bench: Workbench
    let answers: [Answer]

    private static let day: TimeInterval = 86_400

    /// A license to ask for; its days are counted from now.
    private struct Wanted {
        let name: String
        var start = -10.0
        let days: Double
        var members: [String: Int] = [:]
        var maintained: String?
        let state: String
        var mayRun = true

        func request(at now: Date) -> String {
            func time(_ days: Double) -> String { (now + days * day).formatted(.iso8601) }
            let others = members.map { #","\#($0.key)":\#($0.value)"# }.joined()
            let versions = maintained.map { #","maintainedUntil":"\#($0)""# } ?? ""
            return
                #"{"name":"\#(name)","customer":"acme","notBefore":"\#(time(start))","#
                + #""expiresAt":"\#(time(days))"\#(others)\#(versions),"#
                + #""payload":{"seats":25,"plan":"pro"}}"#
        }

        /// The end of the term.
        func end(at now: Date) -> Int { Int((now + days * day).timeIntervalSince1970) }
    }

    /// The programs say that they are of a version of 2026-12-01.
    private static let wanted = [
        Wanted(name: "plain", days: 300, state: "valid"),
        Wanted(
            name: "before notice", days: 40, members: ["noticeDays": 30, "graceDays": 14],
            maintained: "2026-12-01", state: "valid"),
        Wanted(name: "in notice", days: 20, members: ["noticeDays": 30], state: "ends-soon"),
        Wanted(
            name: "in grace", days: -1, members: ["noticeDays": 5, "graceDays": 14],
            state: "grace"),
        Wanted(
            name: "over", days: -5, members: ["noticeDays": 5, "graceDays": 2], state: "expired",
            mayRun: false),
        Wanted(name: "not begun", start: 5, days: 100, state: "not-yet", mayRun: false),
        Wanted(
            name: "for earlier versions", days: 300, maintained: "2026-11-30T23:59:59Z",
            state: "not-covered", mayRun: false),
    ]

    static func make() async throws -> DocumentedTokens {
        let now = Date(timeIntervalSince1970: Date.now.timeIntervalSince1970.rounded())
        let bench = try Workbench()
        try await issue(at: now, in: bench)
        var answers: [Answer] = []
        for license in wanted {
            let shown = try await bench.coldmint("show", license.name, "--json").json()
            let id = shown["id"].string ?? ""
            answers.append(
                Answer(
                    name: license.name, token: shown["token"].string ?? "",
                    line: "\(license.state) \(id) until \(license.end(at: now)), 25 seats",
                    mayRun: license.mayRun))
        }
        return DocumentedTokens(bench: bench, answers: answers)
    }

    private static func issue(at now: Date, in bench: Workbench) async throws {
        let then = (now - 10 * day).formatted(
            .iso8601.dateTimeSeparator(.space).year().month().day().time(
                includingFractionalSeconds: false))
        let initialized = try await bench.coldmint(
            at: then, "init", "--issuer", "https://licenses.example.com", "--no-passphrase")
        guard initialized.status == 0 else { throw WorkbenchError(description: initialized.errors) }
        let requests = wanted.map { $0.request(at: now) }.joined(separator: ",")
        try bench.write("[\(requests)]", to: "inbox/a.json")
        let run = try await bench.coldmint(at: then, "run")
        guard run.status == 0 else { throw WorkbenchError(description: run.errors) }
        try await bench.shellOrThrow(
            """
            tar -xf outbox/acme/acme-000001.tar && cp acme-000001/public-key.pem acme-000001/jwks.json .
            """)
    }
}
