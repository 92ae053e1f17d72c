import Foundation
import Support

/// Licenses of a station whose private key the tests have too, issued ten days ago, and tokens made
/// from one of them; beside them the station's keys.
struct DocumentedTokens {
    struct Good {
        let name: String
        let token: String
        /// What each program of docs/verify.md prints for it.
        let line: String
    }

    /// The folder of the station, with the keys that its bundles have.
    let bench: Workbench
    let good: [Good]
    /// By what is wrong with them.
    let bad: [String: String]
    /// Those of them with which nothing is wrong but that their time is over.
    let over: Set<String> = ["expired", "over"]

    private static let day: TimeInterval = 86_400

    /// A license to ask for; its days are counted from now.
    private struct Wanted {
        let name: String
        /// `nil` for a license without an end.
        var days: Double?
        var members: [String: Int] = [:]
        var maintained: String?
        /// `nil` where no program may accept it.
        let phase: String?

        func request(at now: Date) -> String {
            let end = days.map { (now + $0 * day).formatted(.iso8601) } ?? "never"
            let others = members.map { #","\#($0.key)":\#($0.value)"# }.joined()
            let versions = maintained.map { #","maintainedUntil":"\#($0)""# } ?? ""
            return
                #"{"name":"\#(name)","customer":"acme","expiresAt":"\#(end)"\#(others)\#(versions),"#
                + #""payload":{"seats":25,"plan":"pro"}}"#
        }

        /// The claim `exp`.
        func end(at now: Date) -> String {
            days.map {
                String(
                    Int(
                        (now + ($0 + Double(members["graceDays"] ?? 0)) * day).timeIntervalSince1970
                    ))
            } ?? "never"
        }
    }

    /// The programs say that they are of a version of 2026-12-01.
    private static let wanted = [
        Wanted(name: "plain", days: 300, phase: "valid"),
        Wanted(name: "without an end", phase: "valid"),
        Wanted(
            name: "before notice", days: 40, members: ["noticeDays": 30, "graceDays": 14],
            maintained: "2026-12-01", phase: "valid"),
        Wanted(name: "in notice", days: 20, members: ["noticeDays": 30], phase: "notice"),
        Wanted(
            name: "in notice, before grace", days: 20,
            members: ["noticeDays": 30, "graceDays": 14], phase: "notice"),
        Wanted(
            name: "in grace", days: -1, members: ["noticeDays": 5, "graceDays": 14],
            phase: "grace"),
        Wanted(
            name: "in grace without notice", days: -1, members: ["graceDays": 2], phase: "grace"),
        Wanted(name: "over", days: -5, members: ["noticeDays": 5, "graceDays": 2], phase: nil),
        Wanted(
            name: "for earlier versions", maintained: "2026-11-30T23:59:59Z", phase: nil),
    ]

    static func make() async throws -> DocumentedTokens {
        let (bench, now) = (
            try Workbench(), Date(timeIntervalSince1970: Date.now.timeIntervalSince1970.rounded())
        )
        let tokens = try await issue(at: now, in: bench)
        let forged = try await bench.run(
            "/usr/bin/python3",
            [
                "\(Workbench.repository)/Tests/InteropTests/forge.py", "vendor.pem",
                "public-key.pem",
            ], input: tokens["plain"] ?? "")
        let fakes = try answered(forged).json()
        var (good, bad): ([Good], [String: String]) = ([], [:])
        for name in fakes.names { bad[name] = fakes[name].string }
        for license in wanted {
            let (name, token) = (license.name, tokens[license.name] ?? "")
            guard let phase = license.phase else {
                bad[name] = token
                continue
            }
            let id = try await bench.coldmint("show", name, "--json").json()["id"].string ?? ""
            good.append(
                Good(
                    name: name, token: token,
                    line: "\(id) \(phase) until \(license.end(at: now)), 25 seats"))
        }
        return DocumentedTokens(bench: bench, good: good, bad: bad)
    }

    /// By the licenses' names.
    private static func issue(at now: Date, in bench: Workbench) async throws -> [String: String] {
        let then = (now - 10 * day).formatted(
            .iso8601.dateTimeSeparator(.space).year().month().day().time(
                includingFractionalSeconds: false))
        _ = try answered(
            try await bench.shell("umask 077 && openssl genpkey -algorithm ed25519 -out vendor.pem")
        )
        _ = try answered(
            try await bench.coldmint(
                at: then, "init", "--issuer", "https://licenses.example.com", "--no-passphrase",
                "--import-key", "vendor.pem"))
        _ = try answered(
            try await bench.shell("echo 'allowPerpetual: true' >>station/station.yaml"))
        let requests = wanted.map { $0.request(at: now) }.joined(separator: ",")
        try bench.write("[\(requests)]", to: "inbox/a.json")
        _ = try answered(try await bench.coldmint(at: then, "run"))
        _ = try answered(
            try await bench.shell(
                """
                tar -xf outbox/acme/acme-000001.tar &&
                cp acme-000001/public-key.pem acme-000001/jwks.json .
                """))
        var tokens: [String: String] = [:]
        for license in wanted {
            tokens[license.name] = try answered(
                try await bench.coldmint("token", license.name)
            ).output.trimmingCharacters(in: .newlines)
        }
        return tokens
    }

    private static func answered(_ answer: Workbench.Answer) throws -> Workbench.Answer {
        guard answer.status == 0 else {
            throw WorkbenchError(description: answer.errors + answer.output)
        }
        return answer
    }
}
