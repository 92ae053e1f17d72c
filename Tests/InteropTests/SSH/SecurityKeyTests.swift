import Support
import Testing

/// Requests that are signed by devices which want to be touched.
@Suite(.tags(.otherPrograms)) struct SecurityKeyTests {
    @Test func `a station takes a security key that was touched, and keeps flags and counter`()
        async throws
    {
        let bench = try await Workbench.withSigners(["alice"])
        let folder = "\(Workbench.repository)/Tests/InteropTests/SSH"
        let made = try await bench.shell(
            """
            clang -shared -fPIC -o provider.so '\(folder)/security-key.c' -lsodium &&
            export SSH_SK_PROVIDER=$PWD/provider.so &&
            ssh-keygen -q -t ed25519-sk -N '' -C bob -f bob &&
            ssh-keygen -q -t ed25519-sk -O no-touch-required -N '' -C carol -f carol
            """)
        try #require(made.status == 0, "\(made.errors)")
        try bench.allow(["alice", "bob", "carol"])
        try bench.write(#"{"name":"A","customer":"acme","payload":{}}"#, to: "a.json")
        try bench.drop(try bench.read("a.json"), as: "a.json")
        for (person, counter) in [("carol", 3), ("bob", 77)] {
            #expect(try await bench.coldmint("run", "--json").json()["accepted"].integer == 0)
            let signed = try await bench.shell(
                """
                export SSH_SK_PROVIDER=$PWD/provider.so SECURITY_KEY_COUNTER=\(counter)
                eval "$(\(Workbench.binary) sign-command a.json --key \(person) --label \(person))" &&
                mv a.json.\(person).sig inbox/
                """)
            #expect(signed.status == 0, "\(signed.errors)")
        }
        let run = try await bench.coldmint("run", "--json").json()
        #expect(run["accepted"].integer == 1)
        let signers = try bench.receipt(of: "a.json")["signers"]
        #expect(signers.elements.count == 1)
        #expect(signers[0]["name"].string == "bob@example.com")
        #expect(signers[0]["flags"].integer == 1)
        #expect(signers[0]["counter"].integer == 77)
        let shown = try await bench.coldmint("show", "A", "--json").json()["signers"][0]
        #expect(shown.canonical == signers[0].canonical)
        #expect(try await bench.coldmint("audit").status == 0)
    }
}
