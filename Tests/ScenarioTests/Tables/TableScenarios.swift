import Support
import Testing

@Suite(.tags(.manyRuns), .long) struct TableScenarios {
    private static let fixtures = "\(Workbench.repository)/Tests/Fixtures/Tables"

    @Test(arguments: ["comma.csv", "tab.csv", "semicolon-excel.csv"])
    func `a spreadsheet's table becomes requests`(table: String) async throws {
        let bench = try Workbench()
        let answer = try await bench.coldmint("requests", "--csv", "\(Self.fixtures)/\(table)")
        #expect(answer.status == 0)
        #expect(
            answer.output
                == """
                [
                {"requestId":"row 2","name":"Müller & Söhne, \\"Halle 3\\"","customer":"mueller-soehne",\
                "description":"Straße des 17. Juni; Berlin\\n\
                zweite Zeile","expiresAt":"2027-12-01","payload":{"seats":25,"price":1999.50,\
                "trial":"TRUE","code":"0012","modules":["analytics","reporting"]}},
                {"requestId":"row 4","name":"Łódź – 東京 😀","customer":"lodz","expiresAt":"2028-02-29",\
                "payload":{"seats":1,"price":-3.00,"trial":"FALSE","code":"=1+1"}}
                ]

                """.replacing(
                    "Berlin\\n", with: table == "semicolon-excel.csv" ? "Berlin\\r\\n" : "Berlin\\n"
                ))
        #expect(answer.errors == "coldmint: 2 requests, 1 empty row passed over\n")
    }

    @Test(arguments: [
        (
            "windows-1252.csv",
            "row 2, column A \"name\": the text is not UTF-8: in Excel, save it as"
        ),
        ("utf-16.csv", "the table is UTF-16 and not UTF-8: in Excel, save it as 'CSV UTF-8'"),
    ])
    func `a table in another encoding is refused with the way out`(
        table: String, problem: String
    ) async throws {
        let bench = try Workbench()
        let answer = try await bench.coldmint("requests", "--csv", "\(Self.fixtures)/\(table)")
        #expect(answer.status == 65)
        #expect(answer.output == "")
        #expect(answer.errors.contains("\(table): \(problem)"))
        #expect(answer.errors.contains("1 problem, and no request was made"))
    }

    @Test func `problems are printed for programs where that is asked for`() async throws {
        let answer = try await Workbench().coldmint(
            "requests", "--csv", "-", "--json",
            input: "name,customer,payload.n,Ort\nA,Acme,1,\nB,,1,\n")
        #expect(answer.status == 65)
        let problems = try answer.json().elements
        #expect(
            problems.map { $0["code"].string } == [
                "unknown-column", "invalid-value", "missing-member",
            ])
        #expect(problems.map { $0["row"].integer } == [1, 2, 3])
        #expect(problems.map { $0["column"].string } == ["D", "B", "B"])
        #expect(problems.map { $0["header"].string } == ["Ort", "customer", "customer"])
        #expect(problems[1]["message"].string?.hasSuffix("write 'acme', for example") == true)
    }

    @Test(arguments: [
        (["requests"], "give either --csv FILE or --activation FILE"),
        (["requests", "--csv", "a", "--activation", "b"], "give either --csv FILE or"),
        (
            ["requests", "--csv", "a", "--split-by", "customer"],
            "--split-by and --into go together"
        ),
        (["receipt", "--table", "a", "b"], "--table goes with --csv"),
        (["list", "--csv", "--json"], "--json and --csv exclude each other"),
        (["requests", "--csv", "t.csv", "--map", "x=nam"], "did you mean 'name'?"),
    ])
    func `what makes no sense together is wrong usage`(
        arguments: [String], message: String
    ) async throws {
        let bench = try Workbench()
        try bench.write("name\n", to: "t.csv")
        let answer = try await bench.run(Workbench.binary, arguments)
        #expect(answer.status == 64)
        #expect(answer.errors.contains(message), "\(answer.errors)")
    }

    @Test func `a table that is not there is named`() async throws {
        let answer = try await Workbench().coldmint("requests", "--csv", "none.csv")
        #expect(answer.status == 66)
        #expect(answer.errors.contains("none.csv"))
    }

    @Test func `names that the station has are told as well`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(#"{"name":"Acme","customer":"acme","payload":{}}"#, as: "a.json")
        _ = try await bench.coldmint("run")
        try bench.write("name,customer,payload.n\nAcme,acme,1\n", to: "t.csv")
        #expect(try await bench.coldmint("requests", "--csv", "t.csv").status == 0)
        let answer = try await bench.coldmint(
            "requests", "--csv", "t.csv", "--station", "station")
        #expect(answer.status == 65)
        #expect(
            answer.errors.hasPrefix(
                "t.csv: row 2, column A \"name\": a live license has this name already: choose "))
    }

    // MARK: - Divided

    private static let sales = """
        name,customer,payload.n
        A,acme,1
        B,bolt,2
        C,acme,3

        """

    @Test func `a table is divided into files that are never written over`() async throws {
        let bench = try await Workbench.withStation()
        try bench.write(Self.sales, to: "sales.csv")
        func divide() async throws -> Workbench.Answer {
            try await bench.coldmint(
                "requests", "--csv", "sales.csv", "--split-by", "customer", "--into", "inbox")
        }
        let made = try await divide()
        #expect(made.status == 0)
        #expect(made.output == "inbox/sales-acme.json\ninbox/sales-bolt.json\n")
        let first = try bench.read("inbox/sales-acme.json")
        #expect(try JSONTree(first).elements.map { $0["requestId"].string } == ["row 2", "row 4"])

        try bench.write(Self.sales + "D,coil,4\n", to: "sales.csv")
        let again = try await divide()
        #expect(again.status == 73)
        #expect(again.errors.contains("inbox/sales-acme.json is there already"))
        #expect(bench.names(in: "inbox").filter { $0.hasPrefix("sales-coil") } == [])
        #expect(try bench.read("inbox/sales-acme.json") == first)
    }

    @Test func `nothing is written where a row has a mistake`() async throws {
        let bench = try Workbench()
        try bench.write(Self.sales + "D,Coil,4\n", to: "sales.csv")
        let answer = try await bench.coldmint(
            "requests", "--csv", "sales.csv", "--split-by", "customer", "--into", ".")
        #expect(answer.status == 65)
        #expect(bench.names(in: ".") == ["sales.csv"])
    }

    @Test func `receipts of divided files find their rows`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(#"{"name":"C","customer":"coil","payload":{}}"#, as: "other.json")
        _ = try await bench.coldmint("run")
        try bench.write(Self.sales + "E,acme,5\nF,void,6\n", to: "sales.csv")
        _ = try await bench.coldmint(
            "requests", "--csv", "sales.csv", "--split-by", "customer", "--into", "inbox")
        _ = try await bench.shell("rm inbox/sales-void.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 65)
        let joined = try await bench.shell(
            "'\(Workbench.binary)' receipt --csv --table sales.csv inbox/*/*-sales-*.receipt.json")
        let license = try await bench.coldmint("show", "B", "--json").json()
        #expect(
            joined.output == """
                name,customer,payload.n,outcome,license,notBefore,expiresAt,bundle,problem
                A,acme,1,rejected,,,,,refused with its drop
                B,bolt,2,accepted,\(license["id"].string ?? ""),\
                \(license["notBefore"].string ?? ""),\(license["expiresAt"].string ?? ""),\
                bolt/bolt-000002.tar,
                C,acme,3,rejected,,,,,"the name is taken, by a live license or an earlier request of \
                this drop: choose another"
                E,acme,5,rejected,,,,,refused with its drop
                F,void,6,,,,,,

                """)
    }
}
