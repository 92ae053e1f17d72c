import Support
import Testing

@Suite(.tags(.otherPrograms), .long) struct DocumentedProgramsTests {
    @Test(arguments: VerifyingProgram.all)
    func `each program says of a real station's licenses what its application may do`(
        program: VerifyingProgram
    ) async throws {
        let tokens = try await DocumentedTokens.make()
        let bench = tokens.bench
        try await program.prepare(in: bench)
        func run(_ environment: [String: String]) async throws -> Workbench.Answer {
            try await bench.run("/bin/bash", ["-c", program.command], environment: environment)
        }
        for license in tokens.answers {
            let answer = try await run(["LICENSE_KEY": license.token])
            #expect(answer.status == (license.mayRun ? 0 : 1), "\(license.name): \(answer.errors)")
            #expect(answer.output == license.line + "\n", "\(license.name)")
        }
        // The present license with its renewal beside it, out of a file.
        let (over, plain) = (tokens.answers[4], tokens.answers[0])
        try bench.write("\(over.token)\n\(plain.token)\n", to: "licenses.txt")
        let several = try await run(["LICENSE_KEY_FILE": "licenses.txt"])
        #expect(several.output == plain.line + "\n", "\(several.errors)")

        let altered = plain.token.dropLast(8) + plain.token.suffix(8).reversed()
        for environment in [["LICENSE_KEY": String(altered)], [:]] {
            let refused = try await run(environment)
            #expect(refused.status == 1)
            #expect(refused.output == "")
            #expect(refused.errors.hasPrefix("invalid: "), "\(refused.errors)")
        }
    }
}
