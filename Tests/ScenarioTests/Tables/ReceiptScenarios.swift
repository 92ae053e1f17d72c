import Support
import Testing

@Suite(.tags(.manyRuns), .long) struct ReceiptScenarios {
    private static let accepted = """
        {"outcome":"accepted","file":"a.json","sha256":"00","run":7,"handledAt":"2026-12-01T08:00:00Z",
         "results":[{"action":"create","requestId":"row 2","license":"l-1","name":"=A","customer":"acme",
         "notBefore":"n","expiresAt":"e","bundle":"b"}]}
        """
    private static let rejected = """
        {"outcome":"rejected","file":"b.json","run":8,"problems":[
         {"code":"name-taken","pointer":"/1/name","requestId":"row 3","message":"taken, alas"},
         {"code":"too-many","pointer":"","message":"more"}]}
        """

    private func bench() throws -> Workbench {
        let bench = try Workbench()
        try bench.write(Self.accepted, to: "a.receipt.json")
        try bench.write(Self.rejected, to: "b.receipt.json")
        return bench
    }

    @Test func `receipts are shown to people and spreadsheets`() async throws {
        let bench = try bench()
        let shown = try await bench.coldmint("receipt", "a.receipt.json", "b.receipt.json")
        #expect(
            shown.output == """
                a.json: accepted in run 7, 2026-12-01T08:00:00Z
                  row 2  create  acme  l-1  e  =A
                b.json: rejected in run 8
                  row 3  name-taken  taken, alas
                         too-many    more

                """)
        let table = try await bench.coldmint("receipt", "--csv", "a.receipt.json", "b.receipt.json")
        #expect(
            table.output == """
                file,outcome,requestId,action,name,customer,license,notBefore,expiresAt,bundle,code,problem
                a.json,accepted,row 2,create,'=A,acme,l-1,n,e,b,,
                b.json,rejected,row 3,,,,,,,,name-taken,"taken, alas"
                b.json,rejected,,,,,,,,,too-many,more

                """)
    }

    @Test func `a table keeps its form, and what has no row is counted`() async throws {
        let bench = try bench()
        try bench.write("\u{feff}sep=;\r\nname;license\r\n'=A;\"x;y\"\r\n;\r\n", to: "t.csv")
        let joined = try await bench.coldmint(
            "receipt", "--csv", "--table", "t.csv", "a.receipt.json", "b.receipt.json")
        #expect(joined.status == 0)
        #expect(
            joined.output == """
                \u{feff}name;license;outcome;receipt.license;notBefore;expiresAt;bundle;problem
                '=A;"x;y";accepted;l-1;n;e;b;

                """)
        #expect(joined.errors == "coldmint: 1 request in the receipts without a row in t.csv\n")
    }

    @Test func `a row is not given what became of another license`() async throws {
        let bench = try bench()
        try bench.write("name,customer\nB,acme\n", to: "t.csv")
        let joined = try await bench.coldmint(
            "receipt", "--csv", "--table", "t.csv", "a.receipt.json")
        #expect(
            joined.output == """
                name,customer,outcome,license,notBefore,expiresAt,bundle,problem
                B,acme,,,,,,

                """)
        #expect(joined.errors.contains("1 row of t.csv with the requestId of another license"))
    }

    @Test(arguments: [
        ("{", "a.receipt.json: line 1, column 2: "), ("[]", "a.receipt.json: this is no receipt"),
        (#"{"outcome":"done","file":"x"}"#, "there is no such outcome as 'done'"),
        (#"{"outcome":"accepted","outcome":"rejected","file":"x"}"#, "a.receipt.json: line 1"),
        (#"{"outcome":"accepted","file":"x"}"#, "it has no list 'results'"),
        (#"{"outcome":"accepted","file":"x","results":[{"name":1}]}"#, "its 'name' is no text"),
    ])
    func `what is no receipt is refused`(text: String, message: String) async throws {
        let bench = try Workbench()
        try bench.write(text, to: "a.receipt.json")
        let answer = try await bench.coldmint("receipt", "--csv", "a.receipt.json")
        #expect(answer.status == 65)
        #expect(answer.output == "")
        #expect(answer.errors.contains(message), "\(answer.errors)")
    }

    @Test func `a request that was accepted twice is not guessed at`() async throws {
        let bench = try bench()
        try bench.write("name\n'=A\n", to: "t.csv")
        let answer = try await bench.coldmint(
            "receipt", "--csv", "--table", "t.csv", "a.receipt.json", "a.receipt.json")
        #expect(answer.status == 65)
        #expect(answer.errors.contains("row 2: 'row 2' was accepted twice"))
    }

    @Test func `licenses and renewals go through a spreadsheet and back`() async throws {
        let bench = try Workbench()
        let time = "2026-12-01 08:00:00"
        _ = try await bench.coldmint(
            at: time, "init", "--issuer", "https://licenses.example.com", "--no-passphrase")
        try bench.drop(
            #"[{"name":"=cmd|x","customer":"acme","expiresAt":"2026-12-20","payload":{"n":1.10,"s":"a,\"b\""}}]"#,
            as: "a.json")
        _ = try await bench.coldmint(at: time, "run")
        let list = try await bench.coldmint(at: time, "list", "--csv")
        let lines = list.output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.last?.contains(",'=cmd|x,acme,,2026-12-01T00:00:00Z,") == true)
        let header = try #require(lines.first).split(separator: ",").map(String.init)
        let license = try await bench.coldmint(at: time, "list", "--json").json()[0]
        #expect(Set(license.names).isSubset(of: header))
        #expect(lines.last?.hasSuffix(",1,valid,,,,") == true)

        let renewals = try await bench.coldmint(at: time, "renewals", "--within", "30", "--csv")
        try bench.write(renewals.output, to: "renewals.csv")
        let requests = try await bench.coldmint(at: time, "requests", "--csv", "renewals.csv")
        #expect(requests.status == 0, "\(requests.errors)")
        let request = try requests.json()[0]
        #expect(request["name"].string == "=cmd|x, until 2027-12-20")
        #expect(request["requestId"].string?.hasPrefix("renewal of ") == true)
        #expect(requests.output.contains(#""payload":{"n":1.10,"s":"a,\"b\""}"#))
    }
}
