import Foundation
import Support
import Testing

/// The programs of docs/enforcing.md.
@Suite(.tags(.otherPrograms), .long) struct EnforcingDocumentationTests {
    private static func bench() async throws -> (Workbench, DocumentedTokens) {
        let tokens = try await DocumentedTokens.make()
        for page in ["enforcing.md", "verify/python.md"] {
            try DocumentedPrograms(of: page).write(to: tokens.bench)
        }
        return (tokens.bench, tokens)
    }

    @Test
    func `a clock that is set back does not prolong a license, and a wrong one does not end it`()
        async throws
    {
        let bench = try Workbench()
        try DocumentedPrograms(of: "enforcing.md").write(to: bench)
        let answer = try await bench.run(
            "/usr/bin/python3",
            [
                "-c",
                """
                import latest_time, time
                clock, steady, year = [1_800_000_000.0], [0.0], 31_536_000
                time.time, time.monotonic = lambda: clock[0], lambda: steady[0]
                def later(seconds, by_clock=None):
                    steady[0] += seconds
                    clock[0] += seconds if by_clock is None else by_clock
                latest = latest_time.LatestTime("latest", 1_796_083_200)
                for _ in range(400): later(86_400); latest.now()
                true = 1_800_000_000 + 400 * 86_400
                later(60, -year)
                print(latest.now() >= true - 2 * 86_400)
                clock[0] = 0.0
                print(latest_time.LatestTime("latest", 1_796_083_200).now() >= true - 2 * 86_400)
                clock[0] = true + 70.0 * year; later(3600); latest.now()
                clock[0] = true + 7200.0; later(1)
                print(latest.now() <= true + 2 * 86_400)
                """,
            ])
        #expect(answer.output == "True\nTrue\nTrue\n", "\(answer.errors)")
    }

    @Test func `a new license is taken up without a restart, and a broken one not`() async throws {
        let (bench, tokens) = try await Self.bench()
        try bench.write(tokens.answers[2].token, to: "present.jwt")
        try bench.write(tokens.answers[0].token, to: "renewed.jwt")
        try bench.write("broken", to: "broken.jwt")
        let seen = try await bench.shell(
            """
            ln -s present.jwt license.jwt
            LICENSE_KEY_FILE=license.jwt /usr/bin/python3 reload.py 2>log & trap "kill $!" EXIT
            seen() { for _ in {1..100}; do grep -q "$1" log && return; sleep 0.1; done; false; }
            swap() { ln -s "$1" new && mv -T new license.jwt && kill -HUP $!; }
            seen 'ends-soon' && swap renewed.jwt && seen '^valid' && swap broken.jwt &&
                seen 'a new text is invalid'; status=$?
            cat log; exit $status
            """)
        #expect(seen.status == 0, "\(seen.output)\(seen.errors)")
        #expect(seen.output.split(separator: "\n").last?.hasPrefix("valid") == true)
        // No token is in the log.
        #expect(!seen.output.contains("eyJ"))
    }
}
