import Support
import Testing

@Suite(.tags(.manyRuns), .long) struct ProgressScenarios {
    private static func bench() async throws -> Workbench {
        let bench = try await Workbench.withStation()
        let requests = (0..<8000).map { #"{"name":"L\#($0)","customer":"c","payload":{}}"# }
        try bench.drop("[\(requests.joined(separator: ","))]", as: "all.json")
        return bench
    }

    /// A run whose standard error is a terminal, and what it shows there.
    private static func shown(_ bench: Workbench, _ environment: [String: String]) async throws
        -> String
    {
        let answer = try await bench.run(
            "/usr/bin/python3",
            [
                "-c",
                """
                import os, pty, subprocess, sys
                terminal, inner = pty.openpty()
                run = subprocess.Popen([sys.argv[1], "run"], stderr=inner, stdout=subprocess.PIPE)
                os.close(inner)
                shown = b""
                try:
                    while data := os.read(terminal, 1000): shown += data
                except OSError: pass
                run.communicate()
                sys.stdout.buffer.write(shown)
                """, Workbench.binary,
            ], environment: environment)
        return answer.output
    }

    @Test func `a long run shows on a terminal how far it is, and leaves the line empty`()
        async throws
    {
        let shown = try await Self.shown(try await Self.bench(), ["NO_COLOR": ""])
        let line = /(signing|packing): [\d,]+ of 8,000 licenses, [\d,]+ a second, \d+ s left/
        #expect(shown.firstMatch(of: line) != nil, "\(shown)")
        #expect(shown.hasSuffix("\r\u{1b}[K"))
    }

    @Test func `without a terminal, or without colour, there is no such line`() async throws {
        #expect(try await Self.shown(try await Self.bench(), ["NO_COLOR": "1"]) == "")
        let piped = try await Self.bench().coldmint("run")
        #expect(piped.errors == "")
    }
}
