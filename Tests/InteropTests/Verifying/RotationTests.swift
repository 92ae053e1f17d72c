import Support
import Testing

/// Tokens of three keys, verified by other people's libraries.
@Suite(.tags(.otherPrograms), .long) struct RotationTests {
    /// Issues a license with each of three keys, one after the other, and delivers them all.
    private static func rotated() async throws -> (Workbench, kids: [String]) {
        let bench = try await Workbench.withEncryptedStation()
        var kids = try await bench.keys("active")
        for (place, name) in ["A", "B", "C"].enumerated() {
            if place > 0 {
                let kid = String(try await bench.unlocked("keys", "generate").output.dropLast())
                #expect(try await bench.unlocked("keys", "activate", kid).status == 0)
                #expect(try await bench.coldmint("keys", "retire", kids[place - 1]).status == 0)
                kids.append(kid)
            }
            try bench.drop(
                #"{"name":"\#(name)","customer":"acme","payload":{"seats":25}}"#,
                as: "\(name).json")
            #expect(try await bench.unlocked("run").status == 0)
        }
        try bench.drop(#"{"action":"deliver","customer":"acme"}"#, as: "deliver.json")
        #expect(try await bench.unlocked("run").status == 0)
        return (bench, kids)
    }

    @Test func `after two rotations jose and PyJWT still verify every token`() async throws {
        let (bench, kids) = try await Self.rotated()
        for page in ["node", "python"] {
            try DocumentedPrograms(of: "verify/\(page).md").write(to: bench)
        }
        let set = try await bench.shell(
            """
            \(VerifyingProgram.jose) &&
            tar -xOf outbox/acme/acme-000004.tar acme-000004/jwks.json >jwks.json
            """)
        #expect(set.status == 0, "\(set.errors)")
        let delivered = try await bench.delivered("acme/acme-000004.tar")
        #expect(delivered.count == 3)
        for (name, kid) in zip(["A", "B", "C"], kids) {
            let token = try #require(delivered[name])
            let shown = try await bench.coldmint("show", name, "--json").json()
            #expect(shown["kid"].string == kid)
            #expect(shown["token"].string == token)
            let pem = try await bench.coldmint("keys", "export", "--", kid).output
            let verifiers = [
                (["node", "license.mjs"], try bench.read("jwks.json")),
                (["/usr/bin/python3", "license.py"], pem),
            ]
            for (command, keys) in verifiers {
                try bench.write(keys, to: "public-key.pem")
                let answer = try await bench.run(
                    command[0], [command[1]], environment: ["LICENSE_KEY": token])
                #expect(answer.status == 0, "\(name), \(command[1]): \(answer.errors)")
                #expect(answer.output.hasPrefix("valid \(shown["id"].string ?? "") until "))
            }
        }
        // The key of another token does not do.
        let wrong = try await bench.run(
            "/usr/bin/python3", ["license.py"], environment: ["LICENSE_KEY": delivered["A"] ?? ""])
        #expect(wrong.status == 1)
        #expect(try await bench.coldmint("audit").status == 0)
    }
}
