import Support
import Testing

/// How customers learn a vendor's next key.
@Suite(.tags(.manyRuns), .long) struct KeyStatementScenarios {
    private static let order = #"{"name":"A","customer":"a","payload":{}}"#

    /// A station after this many changes of its key, with a bundle of each key and the keys beside it.
    private static func bench(rotations: Int) async throws -> Workbench {
        let bench = try await Workbench.withStation()
        for number in 0...rotations {
            if number > 0 {
                let key = try await bench.coldmint("keys", "generate").output.dropLast()
                let activated = try await bench.coldmint(
                    "keys", "activate", "--yes", "--", String(key))
                #expect(activated.errors == "")
            }
            try bench.drop(
                number == 0
                    ? order : #"{"action":"deliver","customer":"a","requestId":"\#(number)"}"#,
                as: "\(number).json")
            #expect(try await bench.coldmint("run").status == 0)
            try bench.write(
                try await bench.coldmint("keys", "export").output, to: "key-\(number).pem")
        }
        return bench
    }

    @Test func `whoever has the key before believes a bundle of the next one, and nobody else`()
        async throws
    {
        let bench = try await Self.bench(rotations: 2)
        func verify(_ bundle: Int, by key: Int) async throws -> Workbench.Answer {
            try await bench.coldmint(
                "verify", "outbox/a/a-00000\(bundle + 1).tar", "--public-key", "key-\(key).pem")
        }
        for key in 0...2 {
            let own = try await verify(key, by: key)
            #expect(own.status == 0)
            #expect(!own.output.contains("newer key"))
        }
        for bundle in 1...2 {
            let next = try await verify(bundle, by: bundle - 1)
            #expect(next.status == 0, "\(next.output)")
            let fingerprint = try await bench.shell(
                "openssl pkey -pubin -in key-\(bundle).pem -outform DER | sha256sum | cut -c-64")
            #expect(next.output.contains("  signed by a newer key"))
            #expect(next.output.contains(fingerprint.output.dropLast()))
            let json = try await bench.coldmint(
                "verify", "outbox/a/a-00000\(bundle + 1).tar", "--public-key",
                "key-\(bundle - 1).pem", "--json"
            ).json()[0]
            #expect(json["introduced"].bool == true)
        }
        // A newer key is no way back to the one before, nor over two changes.
        for (bundle, key) in [(0, 1), (0, 2), (1, 2), (2, 0)] {
            let foreign = try await verify(bundle, by: key)
            #expect(foreign.status == 65)
            #expect(foreign.output.contains("signed by another key than the given one"))
        }
        #expect(try await bench.coldmint("audit").status == 0)
    }

    @Test func `keys list tells how many customers have a bundle with each key`() async throws {
        let bench = try await Workbench.withStation()
        let orders = ["a", "b", "c", "over"].map {
            #"{"name":"\#($0)","customer":"\#($0)","payload":{}"#
                + ($0 == "over" ? #","notBefore":"2020-01-01","expiresAt":"2030-01-01"}"# : "}")
        }
        try bench.drop("[\(orders.joined(separator: ","))]", as: "orders.json")
        #expect(try await bench.coldmint("run").status == 0)
        let key = try await bench.coldmint("keys", "generate").output.dropLast()
        func reach() async throws -> [[Int?]] {
            try await bench.coldmint(at: "2030-06-01 09:00:00", "keys", "list", "--json").json()
                .elements.map { [$0["customers"].integer, $0["customersInAll"].integer] }
        }
        try bench.drop(
            #"[{"name":"a long","customer":"a","expiresAt":"2040-01-01","payload":{}},"#
                + #"{"name":"b long","customer":"b","expiresAt":"2040-01-01","payload":{}}]"#,
            as: "more.json")
        #expect(try await reach().map { $0[0] } == [0, 0])
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try await reach() == [[2, 2], [2, 2]])
        let text = try await bench.coldmint("keys", "list").output
        #expect(text.contains("  had by       4 of 4 customers\n"))
        #expect(text.contains("  had by       2 of 4 customers\n"))
        #expect(
            try await bench.coldmint("keys", "activate", "--yes", "--", String(key)).status == 0)
    }

    @Test func `a key that was lost has no part in what the next one says`() async throws {
        let bench = try await Self.bench(rotations: 0)
        let next = try await bench.coldmint("keys", "generate").output.dropLast()
        let old = try #require(try await bench.keys("active").first)
        _ = try await bench.shell("rm station/keys/ed25519-\(old).key")
        let activated = try await bench.coldmint("keys", "activate", "--yes", "--", String(next))
        #expect(activated.status == 0, "\(activated.errors)")
        #expect(activated.errors.contains("customers cannot learn the new key from bundles"))
        #expect(try await bench.coldmint("keys", "retire", "--yes", "--", old).status == 0)
        try bench.drop(#"{"action":"deliver","customer":"a"}"#, as: "d.json")
        #expect(try await bench.coldmint("run").status == 0)
        let files = try await bench.shell("tar -tf outbox/a/a-000002.tar")
        #expect(!files.output.contains("keys.jws"))
        #expect(try await bench.coldmint("verify", "outbox/a/a-000002.tar").status == 0)
    }

    @Test func `nothing is signed for that the station does not have`() async throws {
        let bench = try await Self.bench(rotations: 1)
        let retired = try #require(try await bench.keys("standby").first)
        #expect(try await bench.coldmint("keys", "retire", "--yes", "--", retired).status == 0)
        let next = try await bench.coldmint("keys", "generate").output.dropLast()
        let standby = try await bench.coldmint("keys", "generate").output.dropLast()
        let file = "station/keys/ed25519-\(standby).key"
        _ = try await bench.shell("mv \(file) kept")
        let refused = try await bench.coldmint("keys", "activate", "--yes", "--", String(next))
        #expect(refused.status == 77)
        #expect(refused.errors.contains("\(standby).key: the private key is missing"))
        _ = try await bench.shell("mv kept \(file)")
        #expect(
            try await bench.coldmint("keys", "activate", "--yes", "--", String(next)).status == 0)
        try bench.drop(#"{"action":"deliver","customer":"a","requestId":"9"}"#, as: "9.json")
        #expect(try await bench.coldmint("run").status == 0)
        let set = try await bench.shell(
            """
            tar -xOf outbox/a/a-000003.tar a-000003/keys.jws | /usr/bin/python3 -c '
            import base64, json, sys
            payload = json.load(sys.stdin)["payload"]
            print(base64.urlsafe_b64decode(payload + "==").decode())'
            """)
        let kids = try set.json()["keys"].elements.compactMap { $0["kid"].string }
        #expect(kids.first == String(next))
        #expect(kids.count == 3)
        #expect(!kids.contains(retired))
    }

    @Test func `an audit finds what was changed of what keys have signed`() async throws {
        let bench = try await Self.bench(rotations: 1)
        try await bench.python(
            """
            ledger = sqlite3.connect('station/ledger.sqlite')
            ledger.execute('DROP TRIGGER key_statement_is_immutable')
            (jws,), = ledger.execute('SELECT jws FROM key_statement')
            other = jws.replace(b'"signature": "', b'"signature": "A', 1)
            ledger.execute('UPDATE key_statement SET jws = ?', (other,))
            ledger.commit()
            """)
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 65)
        let fault = "what was signed at its activation is not what was recorded"
        #expect(audit.output.contains(fault))
        try bench.drop(#"{"action":"deliver","customer":"a","requestId":"9"}"#, as: "9.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 74)
        #expect(run.errors.contains(fault))
        #expect(bench.names(in: "inbox").contains("9.json"))
    }
}
