import Foundation
import Support
import Testing

/// Every code of the contract, in the exact receipt of a drop that brings it about.
@Suite struct ErrorCodeScenarios {
    struct Case: Sendable, CustomTestStringConvertible {
        let code: String
        let drop: String
        /// Members of the only problem besides its code.
        let pointer: String
        let line: Int
        let column: Int
        let message: String

        init(
            _ code: String, _ drop: String, at pointer: String, _ line: Int, _ column: Int,
            _ message: String
        ) {
            self.code = code
            self.drop = drop
            self.pointer = pointer
            self.line = line
            self.column = column
            self.message = message
        }

        var testDescription: String { code }
    }

    private static let nobody = "0192e4a0-0000-7000-8000-000000000001"

    /// `ID` stands for the license `Taken`, which there is.
    private static let cases = [
        Case(
            "invalid-json", #"{"name":"A",}"#, at: "", 1, 13,
            "trailing comma before '}', remove it"),
        Case(
            "duplicate-member", #"{"name":"A","customer":"a","payload":{"n":1,"n":2}}"#,
            at: "/payload/n", 1, 45, "repeated member name, keep only one member of this name"),
        Case(
            "unknown-member", #"{"name":"A","customer":"a","payload":{},"seats":1}"#, at: "/seats",
            1, 41,
            "a create request has no such member: remove it, or move it into the payload"),
        Case(
            "missing-member", #" {"name":"A","customer":"a"}"#, at: "", 1, 2,
            "the member 'payload' is missing"),
        Case(
            "wrong-type", #"{"name":7,"customer":"a","payload":{}}"#, at: "/name", 1, 9,
            "name must be a string"),
        Case(
            "invalid-value", #"{"name":"A","customer":"Acme GmbH","payload":{}}"#, at: "/customer",
            1, 24,
            "customer must be 1 to 63 of a-z, 0-9 and hyphens, with no hyphen at either end: "
                + "write 'acme-gmbh', for example"),
        Case(
            "reserved-claim", #"{"name":"A","customer":"a","payload":{"exp":1}}"#,
            at: "/payload/exp", 1, 39, "the claim 'exp' is reserved: choose another name"),
        Case(
            "unsafe-number", #"{"name":"A","customer":"a","payload":{"n":9007199254740992}}"#,
            at: "/payload/n", 1, 43,
            "beyond 9007199254740991 (2^53 - 1) verifiers in other languages read another number: "
                + "write it as a string"),
        Case(
            "invalid-date", #"{"name":"A","customer":"a","payload":{},"expiresAt":"soon"}"#,
            at: "/expiresAt", 1, 53,
            "not a date: write YYYY-MM-DD, or RFC 3339 such as 2027-12-01T00:00:00Z"),
        Case(
            "dates-out-of-order",
            """
            {"name":"A","customer":"a","payload":{},
             "notBefore":"2091-01-01","expiresAt":"2090-01-01"}
            """, at: "/expiresAt", 2, 39,
            "expiresAt must be later than notBefore, 2091-01-01T00:00:00Z"),
        Case(
            "already-expired",
            """
            {"name":"A","customer":"a","payload":{},
             "notBefore":"2001-01-01","expiresAt":"2002-01-01"}
            """, at: "/expiresAt", 2, 39,
            "2002-01-01T00:00:00Z is past: give a date later than now, 2026-12-01T09:00:00Z"),
        Case(
            "name-taken", #"{"name":"Taken","customer":"b","payload":{}}"#, at: "/name", 1, 9,
            "the name is taken, by a live license or an earlier request of this drop: "
                + "choose another"),
        Case(
            "no-such-license", #"{"action":"update","license":"\#(nobody)","name":"A"}"#,
            at: "/license", 1, 30,
            "there is no live license of this id: 'coldmint list' shows all"),
        Case(
            "immutable-member",
            #"{"action":"update","license":"ID","name":"A","payload":{"seats":500}}"#,
            at: "/payload", 1, 80,
            "the payload of a license never changes: delete this one, then create another"),
        Case(
            "name-mismatch", #"{"action":"delete","license":"ID","name":"Token"}"#, at: "/name", 1,
            76,
            "the license has another name: write its present one, to confirm that it is meant"),
        Case(
            "too-deep",
            #"{"name":"A","customer":"a","payload":"#
                + String(repeating: "[", count: 32) + String(repeating: "]", count: 32) + "}",
            at: "/payload" + String(repeating: "/0", count: 31), 1, 69,
            "nested deeper than 32 levels, use fewer levels"),
        Case(
            "too-many", "[{},{},{}]", at: "", 1, 1,
            "3 requests in one drop, the limit is 2: divide them over several files"),
    ]

    private static func bench() async throws -> (Workbench, license: String) {
        let bench = try await Workbench.withStation()
        try bench.write(
            "issuer: https://l.example\nmaximumRequestsPerDrop: 2\nmaximumDropBytes: 300\n",
            to: "station/station.yaml")
        try bench.drop(#"{"name":"Taken","customer":"t","payload":{}}"#, as: "taken.json")
        _ = try await bench.coldmint(at: "2026-11-29 08:00:00", "run")
        let license = try bench.receipt(of: "taken.json")["results"][0]["license"].string
        return (bench, try #require(license))
    }

    private static func expectedReceipt(
        _ bench: Workbench, _ problem: [String: Any], sum: Bool = true
    ) async throws -> String {
        var receipt: [String: Any] = [
            "outcome": "rejected", "file": "drop.json", "run": 2,
            "handledAt": "2026-12-01T09:00:00Z", "problems": [problem],
        ]
        if sum {
            let answer = try await bench.shell("sha256sum inbox/rejected/*-drop.json")
            receipt["sha256"] = String(answer.output.prefix(64))
        }
        let data = try JSONSerialization.data(withJSONObject: receipt)
        return try JSONTree(String(decoding: data, as: UTF8.self)).canonical
    }

    @Test(arguments: cases)
    func `each code has its exact receipt, and check foretells it`(_ example: Case) async throws {
        let (bench, license) = try await Self.bench()
        try bench.drop(example.drop.replacing("ID", with: license), as: "drop.json")
        let check = try await bench.coldmint(
            at: "2026-12-01 09:00:00", "check", "--json", "--station", "station", "inbox/drop.json")
        #expect(try await bench.coldmint(at: "2026-12-01 09:00:00", "run").status == 65)
        let receipt = try bench.receipt(of: "drop.json")
        let problem: [String: Any] = [
            "code": example.code, "pointer": example.pointer, "line": example.line,
            "column": example.column, "message": example.message,
        ]
        let expected = try await Self.expectedReceipt(bench, problem)
        #expect(receipt.canonical == expected)
        #expect(check.status == 65)
        #expect(try check.json()[0]["problems"].canonical == receipt["problems"].canonical)
    }

    @Test(arguments: [
        (
            "ln -s /etc/passwd inbox/drop.json", "not-a-regular-file",
            "a drop must be a plain file of its own: it is a symbolic link"
        ),
        (
            "head -c 301 /dev/zero >inbox/drop.json", "too-large",
            "larger than 300 bytes, the limit: divide it over several files"
        ),
    ])
    func `what no drop can be has its exact receipt`(
        line: String, code: String, message: String
    ) async throws {
        let (bench, _) = try await Self.bench()
        _ = try await bench.shell(line)
        #expect(try await bench.coldmint(at: "2026-12-01 09:00:00", "run").status == 65)
        let problem = ["code": code, "pointer": "", "message": message]
        let expected = try await Self.expectedReceipt(bench, problem, sum: false)
        #expect(try bench.receipt(of: "drop.json").canonical == expected)
    }

    @Test func `a drop that never becomes whole has its exact receipt`() async throws {
        let (bench, _) = try await Self.bench()
        try bench.write("", to: "inbox/drop.json")
        let writer = try FileHandle(forWritingTo: URL(filePath: "\(bench.path)/inbox/drop.json"))
        #expect(try await bench.coldmint(at: "2026-11-30 08:59:00", "run").status == 0)
        #expect(try await bench.coldmint(at: "2026-12-01 09:00:00", "run").status == 65)
        try writer.close()
        let problem = [
            "code": "incomplete", "pointer": "",
            "message": "not whole 86400 seconds after it was taken up: drop it again, whole",
        ]
        let expected = try await Self.expectedReceipt(bench, problem, sum: false)
        #expect(try bench.receipt(of: "drop.json").canonical == expected)
    }

    /// The list of the contract.
    @Test func `no code is left without its scenario`() {
        let others = ["too-large", "not-a-regular-file", "incomplete"]
        #expect(
            (Self.cases.map(\.code) + others).sorted() == [
                "already-expired", "dates-out-of-order", "duplicate-member", "immutable-member",
                "incomplete", "invalid-date", "invalid-json", "invalid-value", "missing-member",
                "name-mismatch", "name-taken", "no-such-license", "not-a-regular-file",
                "reserved-claim", "too-deep", "too-large", "too-many", "unknown-member",
                "unsafe-number", "wrong-type",
            ])
    }
}
