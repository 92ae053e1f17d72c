import Foundation
import LicenseRequest
import Support
import Testing

/// Every code that there is, in the exact receipt of a drop that brings it about.
@Suite struct ErrorCodeScenarios {
    enum Drop {
        case text(String)
        /// No text: a line of shell puts something else in its place.
        case made(by: String)
        /// Somebody goes on writing it for more than a day.
        case heldOpen
    }

    struct Case {
        let drop: Drop
        let pointer: String
        let place: (line: Int, column: Int)?
        let message: String

        init(
            _ text: String, at pointer: String, _ line: Int, _ column: Int, _ message: String
        ) {
            drop = .text(text)
            self.pointer = pointer
            place = (line, column)
            self.message = message
        }

        init(_ drop: Drop, _ message: String) {
            self.drop = drop
            pointer = ""
            place = nil
            self.message = message
        }

        /// The only problem of the receipt.
        func problem(_ code: Problem.Code) -> [String: Any] {
            var members: [String: Any] = [
                "code": code.rawValue, "pointer": pointer, "message": message,
            ]
            members["line"] = place?.line
            members["column"] = place?.column
            return members
        }
    }

    private static let nobody = "0192e4a0-0000-7000-8000-000000000001"

    /// In a drop, `ID` stands for the license `Taken`, which there is.
    private static let cases: [Problem.Code: Case] = [
        .invalidJSON: Case(
            #"{"name":"A",}"#, at: "", 1, 13,
            "trailing comma before '}', remove it"),
        .duplicateMember: Case(
            #"{"name":"A","customer":"a","payload":{"n":1,"n":2}}"#,
            at: "/payload/n", 1, 45, "repeated member name, keep only one member of this name"),
        .unknownMember: Case(
            #"{"name":"A","customer":"a","payload":{},"seats":1}"#, at: "/seats",
            1, 41,
            "a create request has no such member: remove it, or move it into the payload"),
        .missingMember: Case(
            #" {"name":"A","customer":"a"}"#, at: "", 1, 2,
            "the member 'payload' is missing"),
        .wrongType: Case(
            #"{"name":7,"customer":"a","payload":{}}"#, at: "/name", 1, 9,
            "name must be a string"),
        .invalidValue: Case(
            #"{"name":"A","customer":"Acme GmbH","payload":{}}"#, at: "/customer",
            1, 24,
            "customer must be 1 to 63 of a-z, 0-9 and hyphens, with no hyphen at either end: "
                + "write 'acme-gmbh', for example"),
        .reservedClaim: Case(
            #"{"name":"A","customer":"a","payload":{"exp":1}}"#,
            at: "/payload/exp", 1, 39, "the claim 'exp' is reserved: choose another name"),
        .unsafeNumber: Case(
            #"{"name":"A","customer":"a","payload":{"n":9007199254740992}}"#,
            at: "/payload/n", 1, 43,
            "beyond 9007199254740991 (2^53 - 1) verifiers in other languages read another number: "
                + "write it as a string"),
        .invalidDate: Case(
            #"{"name":"A","customer":"a","payload":{},"expiresAt":"soon"}"#,
            at: "/expiresAt", 1, 53,
            "not a date: write YYYY-MM-DD, or RFC 3339 such as 2027-12-01T00:00:00Z"),
        .datesOutOfOrder: Case(
            """
            {"name":"A","customer":"a","payload":{},
             "notBefore":"2091-01-01","expiresAt":"2090-01-01"}
            """, at: "/expiresAt", 2, 39,
            "expiresAt must be later than notBefore, 2091-01-01T00:00:00Z"),
        .alreadyExpired: Case(
            """
            {"name":"A","customer":"a","payload":{},
             "notBefore":"2001-01-01","expiresAt":"2002-01-01"}
            """, at: "/expiresAt", 2, 39,
            "2002-01-01T00:00:00Z is past: give a date later than now, 2026-12-01T09:00:00Z"),
        .nameTaken: Case(
            #"{"name":"Taken","customer":"b","payload":{}}"#, at: "/name", 1, 9,
            "the name is taken, by a live license or an earlier request of this drop: "
                + "choose another"),
        .noSuchLicense: Case(
            #"{"action":"update","license":"\#(nobody)","name":"A"}"#,
            at: "/license", 1, 30,
            "there is no live license of this id: 'coldmint list' shows all"),
        .immutableMember: Case(
            #"{"action":"update","license":"ID","name":"A","payload":{"seats":500}}"#,
            at: "/payload", 1, 80,
            "the payload of a license never changes: delete this one, then create another"),
        .nameMismatch: Case(
            #"{"action":"delete","license":"ID","name":"Token"}"#, at: "/name", 1,
            76,
            "the license has another name: write its present one, to confirm that it is meant"),
        .tooDeep: Case(
            #"{"name":"A","customer":"a","payload":"#
                + String(repeating: "[", count: 32) + String(repeating: "]", count: 32) + "}",
            at: "/payload" + String(repeating: "/0", count: 31), 1, 69,
            "nested deeper than 32 levels, use fewer levels"),
        .tooMany: Case(
            "[{},{},{}]", at: "", 1, 1,
            "3 requests in one drop, the limit is 2: divide them over several files"),
        .noSuchProduct: Case(
            #"{"name":"A","customer":"a","product":"Server","payload":{}}"#, at: "/product",
            1, 38, "there is no such product: did you mean 'server'?"),
        .noSuchPlan: Case(
            #"{"name":"A","customer":"a","product":"server","plan":"smal","payload":{}}"#,
            at: "/plan", 1, 54, "there is no such plan: did you mean 'small'?"),
        .productRequired: Case(
            #"{"name":"A","customer":"a","payload":{}}"#, at: "", 1, 1,
            "this station issues nothing without a product: give the member 'product', choose out of "
                + "'server'"),
        .payloadMismatch: Case(
            #"{"name":"A","customer":"a","product":"server","payload":{"seats":"30"}}"#,
            at: "/payload/seats", 1, 66, #"seats must be a whole number: write 30, not "30""#),
        .termNotAllowed: Case(
            #"{"name":"A","customer":"a","payload":{},"expiresAt":"never"}"#, at: "/expiresAt",
            1, 53,
            "this station issues no licenses without an end: give a date, or set allowPerpetual in "
                + "station.yaml"),
        .notSuperseded: Case(
            #"{"name":"A","customer":"a","payload":{},"supersedes":"ID"}"#, at: "/supersedes",
            1, 54, "that license is another customer's: name one of the same customer"),
        .notARegularFile: Case(
            .made(by: "ln -s /etc/passwd inbox/drop.json"),
            "a drop must be a plain file of its own: it is a symbolic link"),
        .tooLarge: Case(
            .made(by: "head -c 301 /dev/zero >inbox/drop.json"),
            "larger than 300 bytes, the limit: divide it over several files"),
        .incomplete: Case(
            .heldOpen, "not whole 86400 seconds after it was taken up: drop it again, whole"),
    ]

    private static func bench() async throws -> (Workbench, license: String) {
        let bench = try await Workbench.withStation()
        try bench.write(
            "issuer: https://l.example\nmaximumRequestsPerDrop: 2\nmaximumDropBytes: 300\n",
            to: "station/station.yaml")
        try bench.drop(#"{"name":"Taken","customer":"t","payload":{}}"#, as: "taken.json")
        _ = try await bench.coldmint(at: "2026-11-29 08:00:00", "run")
        try bench.sell(
            """
            {"payload":{"required":["seats"],"properties":{"seats":{"type":"integer"}}},
             "plans":{"small":{"seats":5}}}
            """, as: "server")
        let license = try bench.receipt(of: "taken.json")["results"][0]["license"].string
        return (bench, try #require(license))
    }

    /// Drops `drop.json`.
    ///
    /// - Returns: the digest that its receipt names, where it is read, and whoever holds it open.
    private static func put(
        _ drop: Drop, into bench: Workbench, license: String
    ) async throws -> (sum: String?, writer: FileHandle?) {
        switch drop {
        case .text(let text):
            try bench.drop(text.replacing("ID", with: license), as: "drop.json")
            let sum = try await bench.shell("sha256sum inbox/drop.json")
            return (String(sum.output.prefix(64)), nil)
        case .made(let line):
            _ = try await bench.shell(line)
            return (nil, nil)
        case .heldOpen:
            try bench.write("", to: "inbox/drop.json")
            let writer = try FileHandle(
                forWritingTo: URL(filePath: "\(bench.path)/inbox/drop.json"))
            #expect(try await bench.coldmint(at: "2026-11-30 08:59:00", "run").status == 0)
            return (nil, writer)
        }
    }

    /// SigningScenarios has the one that comes about only where people have to sign.
    @Test(arguments: Problem.Code.allCases.filter { $0 != .notApproved })
    func `each code has its exact receipt, and check foretells it`(
        code: Problem.Code
    ) async throws {
        let example = try #require(Self.cases[code], "nothing here brings \(code.rawValue) about")
        let (bench, license) = try await Self.bench()
        if code == .productRequired {
            let settings = try bench.read("station/station.yaml")
            try bench.write("\(settings)requireProduct: true\n", to: "station/station.yaml")
        }
        let (sum, writer) = try await Self.put(example.drop, into: bench, license: license)
        let check = try await bench.coldmint(
            at: "2026-12-01 09:00:00", "check", "--json", "--station", "station", "inbox/drop.json")
        #expect(try await bench.coldmint(at: "2026-12-01 09:00:00", "run").status == 65)
        try writer?.close()
        let receipt = try bench.receipt(of: "drop.json")
        var expected: [String: Any] = [
            "outcome": "rejected", "file": "drop.json", "run": 2,
            "handledAt": "2026-12-01T09:00:00Z",
            "problems": [example.problem(code)],
        ]
        expected["sha256"] = sum
        let data = try JSONSerialization.data(withJSONObject: expected)
        #expect(
            receipt.canonical == (try JSONTree(String(decoding: data, as: UTF8.self)).canonical))
        // What was never read cannot be foretold by reading it.
        guard sum != nil else { return }
        #expect(check.status == 65)
        #expect(try check.json()[0]["problems"].canonical == receipt["problems"].canonical)
    }
}
