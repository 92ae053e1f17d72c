import CalendarTime
import LicenseToken
import Signatures
import StrictJSON
import Testing

@testable import LicenseRequest

/// What may be sold, and requests for it.
struct ProductTests {
    private static let file = """
        {
          "title": "Analytics server",
          "payload": {
            "type": "object", "additionalProperties": false, "required": ["plan", "seats"],
            "properties": {
              "plan": { "enum": ["basic", "pro"] },
              "seats": { "type": "integer", "minimum": 1 },
              "modules": { "type": "array", "items": { "enum": ["analytics", "reporting"] } }
            }
          },
          "plans": {
            "basic": { "plan": "basic", "seats": 5 },
            "pro": { "plan": "pro", "modules": ["analytics"] }
          },
          "term": { "default": "1y", "maximum": "3y", "graceDays": 14, "perpetual": true }
        }
        """

    private static func rules(isRequired: Bool = false) throws -> RequestRules {
        let now = try #require(Timestamp(secondsSinceEpoch: 1_800_000_000))
        var rules = RequestRules(reservedClaims: ["exp"], now: now)
        let product = try Product.parse(Array(file.utf8), named: "server", reservedClaims: ["exp"])
        rules.products = KnownProducts([product], isRequired: isRequired)
        return rules
    }

    private func read(
        _ members: String, isRequired: Bool = false
    ) throws -> (create: CreateRequest?, problems: [String]) {
        let text = #"{"name":"A","customer":"a",\#(members)}"#
        let content = DropContent(
            reading: Array(text.utf8), rules: try Self.rules(isRequired: isRequired))
        let problems = content.ownProblems.inOrder.map {
            "\($0.code.rawValue) \($0.pointer) \($0.position?.column ?? 0): \($0.message)"
        }
        guard case .create(let create)? = content.requests.first?.action else {
            return (nil, problems)
        }
        return (create, problems)
    }

    @Test func `the plan's claims come first, with the request's own in their place`() throws {
        let read = try read(
            #""product":"server","plan":"pro","payload":{"seats":25,"modules":["reporting"]}"#)
        #expect(read.problems == [])
        let create = try #require(read.create)
        var payload: [UInt8] = []
        create.payload.appendCompact(to: &payload)
        #expect(
            String(decoding: payload, as: UTF8.self)
                == #""plan":"pro","modules":["reporting"],"seats":25"#)
        #expect(create.product?.name == "server")
        #expect(create.product?.plan == "pro")
        #expect(create.product?.digest == SHA256Digest(of: Self.file.utf8))
    }

    @Test(arguments: [
        (#""product":"server","plan":"basic","payload":{}"#, nil),
        (
            #""product":"server","payload":{"plan":"pro","seats":"30"}"#,
            #"payload-mismatch /payload/seats 79: seats must be a whole number: write 30, not "30""#
        ),
        (
            #""product":"server","plan":"basic","payload":{"modul":[]}"#,
            "payload-mismatch /payload/modul 73: the product knows no modul: did you mean modules?"
        ),
        (
            #""product":"server","plan":"basic","payload":{"Seats":7}"#,
            "duplicate-member /payload/Seats 73: an earlier member has this name but for capitals, and some languages read the two as one: choose another name"
        ),
        (
            #""product":"srever","payload":{}"#,
            "no-such-product /product 38: there is no such product: did you mean 'server'?"
        ),
        (
            #""product":"server","plan":"Pro ","payload":{}"#,
            "no-such-plan /plan 54: there is no such plan: did you mean 'pro'?"
        ),
        (
            #""product":"server","plan":"enterprise","payload":{}"#,
            "no-such-plan /plan 54: there is no such plan: choose out of 'basic', 'pro'"
        ),
        (
            #""plan":"pro","payload":{}"#,
            "missing-member /plan 35: a plan is one of a product's: give the member 'product' too"
        ),
        (
            #""product":7,"payload":{}"#,
            "wrong-type /product 38: product must be a string: where there is nothing to say, leave it out"
        ),
    ])
    func `a request is held against its product`(members: String, problem: String?) throws {
        let read = try read(members)
        #expect(read.problems == (problem.map { [$0] } ?? []))
        #expect((read.create == nil) == (problem != nil))
    }

    @Test(arguments: [
        ("seats", []), ("Seats", ["/payload/Seats: the product knows no Seats: write seats"]),
        ("\\u0053eats", ["/payload/Seats: the product knows no Seats: write seats"]),
        ("other", []),
    ])
    func `a claim that some languages read as one of the schema's is not let past it`(
        name: String, expected: [String]
    ) throws {
        let file = #"{"payload":{"properties":{"seats":{"maximum":10}}}}"#
        let product = try Product.parse(Array(file.utf8), named: "open", reservedClaims: [])
        let now = try #require(Timestamp(secondsSinceEpoch: 1_800_000_000))
        let text = #"{"name":"A","customer":"a","product":"open","payload":{"\#(name)":7}}"#
        let content = DropContent(
            reading: Array(text.utf8),
            rules: RequestRules(
                reservedClaims: [], products: KnownProducts([product], isRequired: false), now: now)
        )
        #expect(content.ownProblems.inOrder.map { "\($0.pointer): \($0.message)" } == expected)
    }

    @Test func `a station may issue nothing without a product`() throws {
        #expect(try read(#""payload":{"any":1}"#).problems == [])
        #expect(
            try read(#""payload":{"any":1}"#, isRequired: true).problems == [
                "product-required  1: this station issues nothing without a product: give the member 'product', choose out of 'server'"
            ])
    }

    @Test func `where no product is known, its name is taken as it is`() throws {
        let now = try #require(Timestamp(secondsSinceEpoch: 1_800_000_000))
        let text = #"{"name":"A","customer":"a","product":"x","plan":"y","payload":{"seats":"1"}}"#
        let content = DropContent(
            reading: Array(text.utf8), rules: RequestRules(reservedClaims: [], now: now))
        #expect(content.requests.count == 1)
        #expect(!content.hasOwnProblems)
    }

    @Test(arguments: [
        ("[]", "wrong-type : a product is a JSON object"),
        (
            "{}",
            "missing-member : the member 'payload' is missing, the schema of what it sells: {} takes anything"
        ),
        (
            #"{"payload":{"minimun":1}}"#,
            "invalid-value /payload/minimun: 'minimun' is no keyword: did you mean 'minimum'?"
        ),
        (
            #"{"payload":{},"plan":{}}"#,
            "unknown-member /plan: there is no such member: it may have title, payload, plans, term, approvals"
        ),
        (
            #"{"payload":{},"plans":{"pro":{"exp":1}}}"#,
            "reserved-claim /plans/pro/exp: the claim 'exp' is reserved: choose another name"
        ),
        (
            #"{"payload":{},"term":{"default":"1 year"}}"#,
            #"invalid-value /term/default: default is a number of years, months or days: "1y", "6m", "90d""#
        ),
        (
            #"{"payload":{},"term":{"graceDays":400}}"#,
            "invalid-value /term/graceDays: graceDays is a whole number from 0 to 366"
        ),
        (
            #"{"payload":{},"term":{"default":"2y","maximum":"12m"}}"#,
            "invalid-value /term/maximum: a request that gives no expiresAt lasts 2 years, which is more than 12 months: give a default that is not longer"
        ),
        (
            #"{"payload":{},"term":{"maximum":"1m"}}"#,
            "invalid-value /term/maximum: a request that gives no expiresAt lasts 1 year, which is more than 1 month: give a default that is not longer"
        ),
        (
            #"{"payload":{"required":["a"],"properties":{"b":{"type":"integer"}}},"plans":{"p":{"b":"5"}}}"#,
            #"payload-mismatch /plans/p/b: its own schema does not take this claim: b must be a whole number: write 5, not "5""#
        ),
        (
            #"{"payload":{},"approvals":0}"#,
            "invalid-value /approvals: approvals is a whole number from 1 to 100"
        ),
        (
            #"{"payload":{},"payload":{}}"#,
            "duplicate-member /payload: repeated member name, keep only one member of this name"
        ),
    ])
    func `a file that is no product is refused with its place`(
        text: String, problem: String
    ) throws {
        do throws(ProductFaults) {
            _ = try Product.parse(Array(text.utf8), named: "x", reservedClaims: ["exp"])
            Issue.record("\(text) was taken")
        } catch {
            let problems = error.problems.map { "\($0.code.rawValue) \($0.pointer): \($0.message)" }
            #expect(problems == [problem])
        }
    }
}
