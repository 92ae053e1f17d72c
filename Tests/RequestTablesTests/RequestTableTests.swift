import CalendarTime
import LicenseRequest
import StrictJSON
import Testing

@testable import RequestTables

/// Tables with a product of this file.
private struct Made {
    var requests: [String] = []
    var problems: [String] = []
    var usage = ""

    static let product = """
        {
          "payload": {
            "type": "object", "additionalProperties": false, "required": ["seats"],
            "properties": {
              "seats": { "type": "integer", "minimum": 1 }, "code": { "type": "string" },
              "limits": { "type": "object", "required": ["cpu"], "properties": { "cpu": { "type": "integer" } } }
            }
          },
          "plans": { "basic": { "seats": 5 } }
        }
        """

    init(
        _ csv: String, map: [String] = [], set: [String] = [], isProductRequired: Bool = false
    ) throws {
        let now = try Timestamp(parsing: "2026-12-01")
        let product = try Product.parse(
            Array(Self.product.utf8), named: "analytics", reservedClaims: [])
        let products = KnownProducts([product], isRequired: isProductRequired)
        do throws(TableOptions.Fault) {
            let table = try RequestTable(
                csv: Array(csv.utf8), try TableOptions(mappings: map, constants: set),
                products: products)
            requests = table.entries.map(\.request.compactText)
            let rules = RequestRules(reservedClaims: [], products: products, now: now)
            let found = DropContent(reading: table.whole.text, rules: rules).ownProblems.inOrder
            problems = table.allProblems(table.entries.isEmpty ? [] : [(table.whole, found)])
                .map { $0.line(of: "t.csv") }
        } catch {
            usage = error.message
        }
    }
}

@Suite struct RequestTableTests {
    @Test func `a row becomes a request, and what is empty is left out`() throws {
        let made = try Made(
            "name,customer,product,payload.seats,payload.code,payload.limits.cpu\nA,a,analytics,3,0012,\n\n"
                + "B,b,,4,7,2\n")
        #expect(
            made.requests == [
                #"{"requestId":"row 2","name":"A","customer":"a","product":"analytics","payload":{"seats":3,"code":"0012"}}"#,
                #"{"requestId":"row 4","name":"B","customer":"b","payload":{"seats":4,"code":7,"limits":{"cpu":2}}}"#,
            ])
        #expect(made.problems == [])
    }

    @Test func `columns can be called otherwise, left out, and given for all rows`() throws {
        let made = try Made(
            "Kunde,name,Notiz,Plätze,Nr.\na,A,x,3,17\nb,B,y,,18\n",
            map: ["Kunde=customer", "Notiz=", "Plätze=payload.seats", "Nr.=requestId"],
            set: ["product=analytics", "payload.seats=1", "plan=basic"])
        #expect(
            made.requests == [
                #"{"requestId":"17","name":"A","customer":"a","product":"analytics","plan":"basic","payload":{"seats":3}}"#,
                #"{"requestId":"18","name":"B","customer":"b","product":"analytics","plan":"basic","payload":{"seats":1}}"#,
            ])
        #expect(made.problems == [])
    }

    @Test func `a payload can be given whole`() throws {
        let made = try Made("name,customer,payload\nA,a,\"{\"\"n\"\": 1.10}\"\nB,b,x\n")
        #expect(made.requests[0].hasSuffix(#""payload":{"n":1.10}}"#))
        #expect(
            made.problems == [
                "t.csv: row 3, column C \"payload\": the payload must be an object such as "
                    + "{\"name\":1}, and is \"x\""
            ])
    }

    @Test func `a plan alone is enough where its product asks for no more`() throws {
        #expect(try Made("name,customer,product,plan\nA,a,analytics,basic\n").problems == [])
    }

    @Test(arguments: [
        (
            "name,customer,payload.n\nA,a,1\nA,b,2\n",
            "row 3, column A \"name\": row 2 has the same name: choose another"
        ),
        (
            "name,payload.n\nA,1\n",
            "row 1: no column gives 'customer': add one, or give --set 'customer=…'"
        ),
        (
            "name,customer\nA,a\n",
            "row 1: no column gives 'payload': add columns for claims, 'payload.NAME'"
        ),
        (
            "name,customer,payload.n\nA,a,\n",
            "row 2: no claim is given: all cells of the payload are empty"
        ),
        (
            "name,customer,payload.n\nA,,1\n",
            "row 2, column B \"customer\": the cell is empty, and must not be"
        ),
        (
            "name,customer,product\nA,a,analytics\n",
            "row 1: no column gives 'payload.seats', which the product asks for: add one, or give --set 'payload.seats=…'"
        ),
        (
            "name,customer,product,payload.seats\nA,a,analytics,\n",
            "row 2, column D \"payload.seats\": the cell is empty, and the product asks for it"
        ),
        (
            "name,customer,product,payload.seats\nA,a,analytics,0\n",
            "row 2, column D \"payload.seats\": seats must be at least 1, not 0"
        ),
        (
            "name,customer,product,payload.seats,payload.limits\nA,a,analytics,1,{}\n",
            "row 2, column E \"payload.limits\": limits lacks cpu, which the product asks for"
        ),
        (
            "name,customer,payload.n,expiresAt\nA,a,1,1.2.2027\n",
            "row 2, column D \"expiresAt\": write 2027-02-01, not \"1.2.2027\": the form is YYYY-MM-DD"
        ),
        (
            "name,customer,payload.n,expiresAt\nA,a,1,46357\n",
            "row 2, column D \"expiresAt\": \"46357\" is a spreadsheet's own number for a day: format the column as a date, YYYY-MM-DD"
        ),
        (
            "name,customer,payload.n,expiresAt\nA,a,1,30.2.2027\n",
            "row 2, column D \"expiresAt\": not a date: write YYYY-MM-DD, or RFC 3339 such as 2027-12-01T00:00:00Z"
        ),
        (
            "name,customer,payload.n\nA,a,12345678901234567890\n",
            "row 2, column C \"payload.n\": too large for a number that every program reads alike: put it in quotes, \"12345678901234567890\", to keep it as a text"
        ),
        (
            "name,customer,product\nA,a,analitics\n",
            "row 2, column C \"product\": there is no such product: did you mean 'analytics'?"
        ),
        (
            "name,customer,payload.n,requestId\nA,a,1,x\nB,b,1,x\n",
            "row 3, column D \"requestId\": row 2 has the same requestId: choose another"
        ),
        (
            "name,customer,action,license\nA,a,delete,0190b6f0-0000-7000-8000-000000000000\n",
            "row 2, column B \"customer\": a request with the action 'delete' has no such member: empty the cell"
        ),
        (
            "name,customer,payload.n\nA,\"a\"b,1\n",
            "row 2, column B \"customer\": text follows a closing quote: write a quote within quotes twice, \"\""
        ),
        ("name\n", "there is no row under the header"),
    ])
    func `a mistake is told by row and column`(csv: String, problem: String) throws {
        #expect(try Made(csv).problems == ["t.csv: \(problem)"])
    }

    @Test(arguments: [
        (
            "name,Customer,payload.n\nA,a,1\nB,b,2\n",
            "column B \"Customer\": requests have no such member: did you mean 'customer'? --map "
                + "'Customer=customer' says what the column is, --map 'Customer=' leaves it out"
        ),
        (
            "name,customer,payload.n,Ort\nA,a,1,Ulm\nB,b,2,\n",
            "column D \"Ort\": requests have no such member: --map 'Ort=MEMBER' says what the column "
                + "is, --map 'Ort=' leaves it out"
        ),
        (
            "name,customer,product,seats\nA,a,analytics,1\nB,b,analytics,2\n",
            "column D \"seats\": requests have no such member: did you mean 'payload.seats'? --map "
                + "'seats=payload.seats' says what the column is, --map 'seats=' leaves it out"
        ),
        (
            "name,customer,product,payload.seets\nA,a,analytics,1\nB,b,analytics,2\n",
            "column D \"payload.seets\": the product 'analytics' knows no claim 'seets': did you mean "
                + "'payload.seats'?"
        ),
        (
            "name,customer,payload.n,payload.n.m\nA,a,1,\n",
            "column D \"payload.n.m\": column C gives 'payload.n', which overlaps: leave one of them "
                + "out"
        ),
    ])
    func `a wrong header is told once, and not in each row`(csv: String, problem: String) throws {
        #expect(try Made(csv).problems == ["t.csv: row 1, \(problem)"])
    }

    @Test func `a claim that only rows without a product have is no mistake`() throws {
        let made = try Made(
            "name,customer,product,payload.seats,payload.free\nA,a,analytics,1,\nB,b,,2,x\n")
        #expect(made.problems == [])
        #expect(made.requests.last?.contains(#""payload":{"seats":2,"free":"x"}"#) == true)
        let both = try Made(
            "name,customer,product,payload.seats,payload.free\nA,a,analytics,1,y\nB,b,,2,x\n")
        #expect(
            both.problems == [
                "t.csv: row 2, column E \"payload.free\": the product knows no free: it knows seats, "
                    + "code or limits"
            ])
    }

    @Test func `a product that must be named is asked for`() throws {
        let none = try Made("name,customer,payload.n\nA,a,1\nB,b,2\n", isProductRequired: true)
        #expect(
            none.problems == [
                "t.csv: row 1: no column gives 'product': add one, or give --set 'product=…'"
            ])
        let empty = try Made(
            "name,customer,product,payload.seats\nA,a,,1\n", isProductRequired: true)
        #expect(
            empty.problems == [
                "t.csv: row 2, column C \"product\": the cell is empty, and must not be"
            ])
    }

    @Test func `terms are read as they are shown`() throws {
        let header = "name,customer,payload.n,expiresAt,graceDays,noticeDays,maintainedUntil\n"
        let made = try Made(header + "A,a,1,2027-12-01,14,30,2028-01-01\n")
        #expect(made.problems == [])
        #expect(
            made.requests.first?.contains(
                #""expiresAt":"2027-12-01","graceDays":14,"noticeDays":30,"maintainedUntil":"2028-01-01""#
            )
                == true)
        #expect(
            try Made(header + "A,a,1,,two weeks,367,1.1.2028\n").problems == [
                "t.csv: row 2, column E \"graceDays\": graceDays must be a whole number, in digits "
                    + "alone, and is \"two weeks\"",
                "t.csv: row 2, column F \"noticeDays\": noticeDays must be a whole number of days, 0 "
                    + "to 366",
                "t.csv: row 2, column G \"maintainedUntil\": write 2028-01-01, not \"1.1.2028\": the "
                    + "form is YYYY-MM-DD",
            ])
    }

    @Test func `what was given for all rows is told once`() throws {
        let made = try Made(
            "name,customer,product\nA,a,analytics\nB,b,analytics\n", set: ["payload.seats=many"])
        #expect(
            made.problems == [
                "t.csv: --set payload.seats: seats must be a whole number, in digits alone, and is "
                    + "\"many\""
            ])
    }

    @Test(arguments: [
        (["X=name"], [], "--map 'X=…': there is no such column"),
        (["nam=name"], [], "--map 'nam=…': there is no such column: did you mean 'name'?"),
        (["name=nme"], [], "--map 'name=nme': requests have no member 'nme': did you mean 'name'?"),
        (["name"], [], "--map 'name': write 'COLUMN=member', or 'COLUMN=' to leave it out"),
        (
            [], ["seats=3"],
            "--set 'seats=3': requests have no member 'seats': a claim is written 'payload.NAME'"
        ),
        ([], ["plan=a", "plan=b"], "--set 'plan=…' is given twice"),
        ([], ["payload={}"], "--set 'payload=…' overlaps with 'payload.n', which is given too"),
    ])
    func `a wrong option is told before the table`(
        map: [String], set: [String], message: String
    ) throws {
        #expect(try Made("name,customer,payload.n\nA,a,1\n", map: map, set: set).usage == message)
    }

    @Test func `more mistakes than can be listed are told of at the end`() throws {
        let rows = (0..<300).map { "O\($0),A B,1\n" }.joined()
        let made = try Made("name,customer,payload.n\n" + rows)
        #expect(made.problems.count == 100)
        #expect(made.problems.first?.hasPrefix("t.csv: row 2, column B") == true)
        #expect(
            made.problems.last == "t.csv: more problems than the 99 listed here: mend these first")
    }

    @Test func `a table is divided by customers in their order`() throws {
        let csv = "name,customer,payload.n\nA,b,1\nB,a,1\nC,b,1\n"
        let table = try RequestTable(csv: Array(csv.utf8), TableOptions(), products: .unknown)
        let drops = table.drops(by: .customer)
        #expect(drops.map(\.key) == ["b", "a"])
        #expect(drops.map(\.entries.count) == [2, 1])
    }
}
