import Foundation
import Support
import Testing

/// A bundle of a station whose private key the tests have too, unpacked, and tokens made from it.
private struct Tokens {
    let bench: Workbench
    let id: String
    let good: String
    let bad: [String: String]

    static func make() async throws -> Tokens {
        let bench = try Workbench()
        let setUp = try await bench.shell(
            """
            umask 077 && openssl genpkey -algorithm ed25519 -out vendor.pem &&
            \(Workbench.binary) init --issuer https://licenses.example.com --no-passphrase \
                --import-key vendor.pem >/dev/null &&
            echo '{"name":"Acme","customer":"acme","payload":{"seats":25,"plan":"pro"}}' >inbox/a.json &&
            \(Workbench.binary) run >/dev/null && tar -xf outbox/acme/acme-000001.tar &&
            cp acme-000001/public-key.pem acme-000001/jwks.json . &&
            cat acme-000001/licenses/*/license.jwt
            """)
        guard setUp.status == 0 else { throw WorkbenchError(description: setUp.errors) }
        let forged = try await bench.run(
            "/usr/bin/python3",
            [
                "\(Workbench.repository)/Tests/InteropTests/forge.py", "vendor.pem",
                "public-key.pem",
            ], input: setUp.output)
        guard forged.status == 0 else { throw WorkbenchError(description: forged.errors) }
        let tokens = try forged.json()
        let bad = tokens.names.map { ($0, tokens[$0].string ?? "") }
        let id = try await bench.coldmint("show", "Acme", "--json").json()["id"].string
        return Tokens(
            bench: bench, id: id ?? "", good: setUp.output,
            bad: Dictionary(uniqueKeysWithValues: bad))
    }
}

@Suite(.tags(.otherPrograms), .long) struct DocumentedProgramsTests {
    @Test(arguments: Verifier.all)
    func `each program accepts a token of a real bundle and refuses all others`(
        verifier: Verifier
    ) async throws {
        let tokens = try await Tokens.make()
        let bench = tokens.bench
        try DocumentedPrograms(of: "verify.md").write(to: bench)
        let prepared = try await bench.shell(verifier.preparation)
        try #require(prepared.status == 0, "\(prepared.errors)\(prepared.output)")

        func run(_ token: String) async throws -> Workbench.Answer {
            try await bench.run(
                "/bin/bash", ["-c", verifier.command], environment: ["LICENSE_KEY": token])
        }
        let accepted = try await run(tokens.good)
        #expect(accepted.status == 0, "\(accepted.errors)")
        #expect(accepted.output.hasPrefix("\(tokens.id) until "))
        #expect(accepted.output.hasSuffix(", 25 seats\n"))
        #expect(tokens.bad.count == 12)
        for (fault, token) in tokens.bad {
            let refused = try await run(token)
            #expect(refused.status == 1, "\(fault): \(refused.output)\(refused.errors)")
            #expect(refused.output == "", "\(fault)")
            #expect(refused.errors.contains("license refused: "), "\(fault): \(refused.errors)")
        }
    }

    @Test func `every program of the page is run`() throws {
        let programs = try DocumentedPrograms(of: "verify.md").texts.keys.filter {
            $0 != "Package.swift"
        }
        #expect(programs.sorted() == Verifier.all.map(\.program).sorted())
    }
}
