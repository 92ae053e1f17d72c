import Support
import Testing

@Suite(.tags(.otherPrograms), .long) struct DocumentedProgramsTests {
    @Test(arguments: Verifier.all)
    func `each program tells the phases of a real station's licenses and refuses all others`(
        verifier: Verifier
    ) async throws {
        let tokens = try await DocumentedTokens.make()
        let bench = tokens.bench
        try DocumentedPrograms(of: "verify.md").write(to: bench)
        let prepared = try await bench.shell(verifier.preparation)
        try #require(prepared.status == 0, "\(prepared.errors)\(prepared.output)")

        func run(_ token: String) async throws -> Workbench.Answer {
            try await bench.run(
                "/bin/bash", ["-c", verifier.command], environment: ["LICENSE_KEY": token])
        }
        for license in tokens.good {
            let accepted = try await run(license.token)
            #expect(accepted.status == 0, "\(license.name): \(accepted.errors)")
            #expect(accepted.output == license.line + "\n", "\(license.name)")
        }
        #expect(tokens.good.count == 7)
        #expect(tokens.bad.count == 16)
        for (fault, token) in tokens.bad {
            let refused = try await run(token)
            #expect(refused.status == 1, "\(fault): \(refused.output)\(refused.errors)")
            #expect(refused.output == "", "\(fault)")
            let isOver = tokens.over.contains(fault)
            #expect(
                refused.errors.contains(isOver ? "license over: " : "license refused: "),
                "\(fault): \(refused.errors)")
        }
    }

    @Test func `every program of the page is run`() throws {
        let programs = try DocumentedPrograms(of: "verify.md").texts.keys.filter {
            $0 != "Package.swift" && $0 != "phase.mjs"
        }
        #expect(programs.sorted() == Verifier.all.map(\.program).sorted())
    }
}
