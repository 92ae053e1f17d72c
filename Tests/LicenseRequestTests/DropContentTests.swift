import CalendarTime
import LicenseToken
import StrictJSON
import Testing

@testable import LicenseRequest

/// 23 November 2026, 10:00 UTC.
private func rules(now: String = "2026-11-23T10:00:00Z") throws -> RequestRules {
    RequestRules(
        reservedClaims: ["exp", "nbf", "iss", "sub", "aud", "iat", "tenant"], maximumRequests: 3,
        maximumProblems: 20, now: try Timestamp(parsing: now))
}

private func read(_ text: String, now: String = "2026-11-23T10:00:00Z") throws -> DropContent {
    DropContent(reading: Array(text.utf8), rules: try rules(now: now))
}

/// A request with one member put in or replaced; `nil` takes it out.
private func request(_ member: String, _ value: String?) -> String {
    var members = ["name": #""Acme""#, "customer": #""acme""#, "payload": "{}"]
    members[member] = value
    return "{"
        + members.sorted { $0.key < $1.key }.map { #""\#($0)":\#($1)"# }
        .joined(separator: ",") + "}"
}

extension DropContent {
    /// All that can be found without a station.
    fileprivate var problems: [Problem] { problems(against: UnknownLicenses<Never>()) }
}

private func created(_ content: DropContent) throws -> CreateRequest {
    #expect(content.problems == [])
    guard case .create(let request) = try #require(content.requests.first).action else {
        throw Problem(.invalidValue, "not a create request")
    }
    return request
}

struct DropContentTests {
    @Test func `a request is read with all its members`() throws {
        let request = try created(
            read(
                #"""
                { "action": "create", "name": "Acme production",
                  "customer": "acme-gmbh", "description": "Three clusters,\nFrankfurt",
                  "notBefore": "2026-12-01", "expiresAt": "2027-12-01T02:00:00+02:00",
                  "payload": { "seats": 25, "jti": "a", "nested": {"exp": 1} } }
                """#))
        #expect(request.name == "Acme production")
        #expect(request.customer == "acme-gmbh")
        #expect(request.description == "Three clusters,\nFrankfurt")
        #expect(request.term.notBefore.description == "2026-12-01T00:00:00Z")
        #expect(request.term.expiresAt?.description == "2027-12-01T00:00:00Z")
        var payload: [UInt8] = []
        request.payload.appendCompact(to: &payload)
        #expect(
            String(decoding: payload, as: UTF8.self)
                == #""seats":25,"jti":"a","nested":{"exp":1}"#)
    }

    @Test(arguments: [
        ("2026-11-23T10:00:00Z", "2026-11-23T00:00:00Z", "2027-11-23T00:00:00Z"),
        ("2028-02-29T23:59:59Z", "2028-02-29T00:00:00Z", "2029-02-28T00:00:00Z"),
    ])
    func `without dates a license runs from today for a year`(
        now: String, start: String, end: String
    ) throws {
        let request = try created(read(request("name", #""A""#), now: now))
        #expect(request.term.notBefore.description == start)
        #expect(request.term.expiresAt?.description == end)
    }

    @Test(arguments: [
        ("name", nil, "missing-member", "", 1), ("name", "7", "wrong-type", "/name", 27),
        ("name", #""""#, "invalid-value", "/name", 27),
        ("name", #"" a""#, "invalid-value", "/name", 27),
        ("name", #""a\u00a0""#, "invalid-value", "/name", 27),
        ("name", #""a\u0007b""#, "invalid-value", "/name", 27),
        ("name", #""a\u202eb""#, "invalid-value", "/name", 27),
        ("name", #""a\u2066b""#, "invalid-value", "/name", 27),
        ("customer", nil, "missing-member", "", 1),
        ("customer", #""Acme GmbH""#, "invalid-value", "/customer", 13),
        ("customer", #""-acme""#, "invalid-value", "/customer", 13),
        ("customer", #""acme-""#, "invalid-value", "/customer", 13),
        ("customer", #""""#, "invalid-value", "/customer", 13),
        ("customer", "null", "wrong-type", "/customer", 13),
        ("payload", nil, "missing-member", "", 1),
        ("payload", "null", "wrong-type", "/payload", 44),
        ("payload", "[]", "wrong-type", "/payload", 44),
        ("payload", #""x""#, "wrong-type", "/payload", 44),
        ("payload", #"{"exp":1}"#, "reserved-claim", "/payload/exp", 45),
        ("payload", #"{"\u0065x\u0070":1}"#, "reserved-claim", "/payload/exp", 45),
        ("payload", #"{"tenant":1}"#, "reserved-claim", "/payload/tenant", 45),
        ("payload", #"{"EXP":1}"#, "reserved-claim", "/payload/EXP", 45),
        ("payload", #"{"\u017fub":1}"#, "reserved-claim", "/payload/\u{17f}ub", 45),
        ("payload", #"{"i\u017fS":1}"#, "reserved-claim", "/payload/i\u{17f}S", 45),
        ("payload", #"{"Tenant":1}"#, "reserved-claim", "/payload/Tenant", 45),
        ("payload", #"{"seats":1,"Seats":2}"#, "duplicate-member", "/payload/Seats", 55),
        ("payload", #"{"k":1,"\u212a":2}"#, "duplicate-member", "/payload/\u{212a}", 51),
        ("payload", #"{"jti":1}"#, "wrong-type", "/payload/jti", 51),
        ("payload", #"{"JTI":1}"#, "wrong-type", "/payload/JTI", 51),
        ("payload", #"{"a":9007199254740992}"#, "unsafe-number", "/payload/a", 49),
        ("payload", #"{"a":[{"b":-9007199254740992}]}"#, "unsafe-number", "/payload/a/0/b", 55),
        ("payload", #"{"a":1e400}"#, "unsafe-number", "/payload/a", 49),
        ("payload", #"{"a":{"b":1,"\u0062":2}}"#, "duplicate-member", "/payload/a/b", 56),
        ("description", "null", "wrong-type", "/description", 34),
        ("description", #""a\u0000""#, "invalid-value", "/description", 34),
        ("description", #""a\u0085b""#, "invalid-value", "/description", 34),
        ("description", #""a\u001bb""#, "invalid-value", "/description", 34),
        ("description", #""a\u202eb""#, "invalid-value", "/description", 34),
        ("requestId", "1", "wrong-type", "/requestId", 59),
        ("requestId", #""a\nb""#, "invalid-value", "/requestId", 59),
        ("requestId", #""a\u009bb""#, "invalid-value", "/requestId", 59),
        ("requestId", #""a\u2067b""#, "invalid-value", "/requestId", 59),
        ("notBefore", "1", "wrong-type", "/notBefore", 46),
        ("notBefore", #""2026-02-30""#, "invalid-date", "/notBefore", 46),
        ("notBefore", #""2030-01-01""#, "dates-out-of-order", "/notBefore", 46),
        ("expiresAt", #""tomorrow""#, "invalid-date", "/expiresAt", 32),
        ("expiresAt", #""2026-11-23T09:59:59Z""#, "already-expired", "/expiresAt", 32),
        ("expiresAt", #""2026-11-23T10:00:00Z""#, "already-expired", "/expiresAt", 32),
        ("action", #""frobnicate""#, "invalid-value", "/action", 11),
        ("action", "1", "wrong-type", "/action", 11),
        ("expires_at", "1", "unknown-member", "/expires_at", 20),
        ("a~/b", "1", "unknown-member", "/a~0~1b", 2),
    ])
    func `each broken rule is told with code, pointer and position`(
        member: String, value: String?, code: String, pointer: String, column: Int
    ) throws {
        let content = try read(request(member, value))
        let problem = try #require(content.problems.first)
        #expect(content.problems.count == 1)
        #expect(problem.code.rawValue == code)
        #expect(problem.pointer.description == pointer)
        #expect(problem.position?.line == 1)
        #expect(problem.position?.column == column)
    }

    @Test func `a date range that ends before it begins and is past has both problems`() throws {
        let text = request("name", #""A","notBefore":"2026-11-22","expiresAt":"2026-11-22""#)
        let codes = try read(text).problems.map(\.code)
        #expect(codes == [.datesOutOfOrder, .alreadyExpired])
    }

    @Test(arguments: [
        ("9007199254740991", true), ("-9007199254740991", true), ("9007199254740992", false),
        ("1.10", true), ("1e2", true), ("-0", true), ("9007199254740993.0", true),
        ("1.7976931348623157e308", true), ("1.7976931348623158e308", true),
        ("1.7976931348623159e308", false), ("-1e309", false), ("0e999999999999999999999", true),
        ("1e-999999999999999999999", true), ("0.0000001e310", true),
        ("123456789012345678901234567890", false),
    ])
    func `numbers are safe up to 2^53 - 1 as integers and below infinity as doubles`(
        number: String, isSafe: Bool
    ) throws {
        let content = try read(request("payload", #"{"n":\#(number)}"#))
        #expect(content.problems.map(\.code) == (isSafe ? [] : [.unsafeNumber]))
    }

    @Test func `texts may be as long as allowed and no longer, counted in characters`() throws {
        for (member, limit) in [("name", 200), ("description", 2000), ("requestId", 128)] {
            let text = String(repeating: "🔑", count: limit)
            #expect(try read(request(member, "\"\(text)\"")).problems == [])
            #expect(
                try read(request(member, "\"\(text)x\"")).problems.map(\.code) == [.invalidValue])
        }
        #expect(
            try read(request("customer", "\"\(String(repeating: "x", count: 63))\"")).problems == []
        )
        #expect(
            try read(request("customer", "\"\(String(repeating: "x", count: 64))\"")).problems
                .map(\.code) == [.invalidValue])
    }

    @Test func `the error for a customer proposes a valid form`() throws {
        let message = try read(request("customer", #""Müller & Söhne""#)).problems.first?.message
        #expect(message?.contains("write 'muller-sohne'") == true)
    }

    @Test(arguments: [
        ("expires_at", "write 'expiresAt'"), ("Name", "write 'name'"),
        ("custmer", "did you mean 'customer'?"), ("descripiton", "did you mean 'description'?"),
        ("expires", "did you mean 'expiresAt'?"), ("names", "did you mean 'name'?"),
        ("Requst_Id", "did you mean 'requestId'?"),
        ("seats", "remove it, or move it into the payload"),
        ("tier", "remove it, or move it into the payload"),
        ("date", "remove it, or move it into the payload"),
    ])
    func `a misspelt member is told its right name`(member: String, advice: String) throws {
        let message = try read(request(member, "1")).problems.first?.message
        #expect(message == "a create request has no such member: \(advice)")
    }

    @Test func `a payload may have names that differ in case inside of it, and one of each`() throws
    {
        let payload = #"{"a":{"exp":1,"EXP":2,"b":1,"B":2},"ex":1,"exps":2,"\u0435xp":3}"#
        #expect(try read(request("payload", payload)).problems == [])
    }

    @Test func `a name that is repeated as it is, is told once`() throws {
        let problems = try read(request("payload", #"{"a":1,"A":2,"A":3,"a":4}"#)).problems
        #expect(
            problems.map { "\($0.code.rawValue) \($0.pointer) \($0.position?.column ?? 0)" } == [
                "duplicate-member /payload/A 51", "duplicate-member /payload/A 57",
                "duplicate-member /payload/a 63",
            ])
    }

    @Test func `a name that reads as a reserved one is told so`() throws {
        let message = try read(request("payload", #"{"Exp":1}"#)).problems.first?.message
        #expect(
            message
                == "the claim 'exp' is reserved, and some languages read this name as the same: "
                + "choose another name")
    }

    @Test func `a description may have line ends and tabs`() throws {
        let request = try created(read(request("description", #""a\r\n\tb\u200f""#)))
        #expect(request.description == "a\r\n\tb\u{200f}")
    }

    @Test func `every problem of every request in an array is found, in order`() throws {
        let content = try read(
            #"""
            [ {"name":"A","customer":"a","payload":{}},
              {"name":"B ","customer":"B","requestId":"second","payload":{"exp":1,"exp":2}},
              7 ]
            """#)
        #expect(
            content.problems.map { "\($0.code.rawValue) \($0.pointer) \($0.requestID ?? "-")" } == [
                "invalid-value /1/name second", "invalid-value /1/customer second",
                "reserved-claim /1/payload/exp second", "duplicate-member /1/payload/exp -",
                "reserved-claim /1/payload/exp second", "wrong-type /2 -",
            ])
        #expect(content.requests.count == 1)
    }

    @Test func `what is no request or array of requests is refused`() throws {
        for text in ["7", "null", #""x""#, "[7]"] {
            #expect(try read(text).problems.map(\.code) == [.wrongType])
        }
        #expect(try read("[]").problems.map(\.code) == [.invalidValue])
        #expect(try read("").problems.map(\.code) == [.invalidJSON])
        let requests = ["A", "B", "C", "D"].map { request("name", "\"\($0)\"") }
        #expect(try read("[\(requests.prefix(3).joined(separator: ","))]").problems == [])
        #expect(
            try read("[\(requests.joined(separator: ","))]").problems.map(\.code) == [.tooMany])
    }

    @Test func `a name may stand once in a drop`() throws {
        let one = request("name", #""A""#)
        let problems = try read("[\(one),\(one)]").problems
        #expect(problems.map(\.code) == [.nameTaken])
        #expect(problems.first?.pointer.description == "/1/name")
    }

    @Test func `nesting counts from the drop's root`() throws {
        let fits = request("payload", nested(31))
        #expect(try read(fits).problems == [])
        #expect(try read(request("payload", nested(32))).problems.map(\.code) == [.tooDeep])
    }

    /// `{"a":{"a":…}}` with so many levels.
    private func nested(_ levels: Int) -> String {
        (0..<levels).reduce("1") { inner, _ in #"{"a":\#(inner)}"# }
    }

    @Test func `a flood of problems is cut off with a word`() throws {
        let members = (0..<50).map { #""x\#($0)":1"# }.joined(separator: ",")
        let problems = try read("{\(members)}").problems
        #expect(problems.count == 20)
        #expect(problems.last?.code == .tooMany)
        #expect(problems.last?.message == "more problems than the 19 listed here: mend these first")
    }

    @Test func `as many problems as are listed at most need no such word`() throws {
        let members = (0..<18).map { #""x\#($0)":1"# }.joined(separator: ",")
        let problems = try read(#"{"customer":"a","payload":{},"name":7,\#(members),"y":1}"#)
            .problems
        #expect(problems.count == 20)
        #expect(!problems.contains { $0.code == .tooMany })
        let repeated = String(repeating: #","name":"A""#, count: 40)
        #expect(
            try read(#"{"customer":"a","payload":{},"name":"A"\#(repeated)}"#).problems.last?.code
                == .tooMany)
    }
}
