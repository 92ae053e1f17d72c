import StrictJSON
import Testing

@testable import PayloadSchema

/// What somebody who sells licenses is told of a payload that does not fit.
struct SentenceTests {
    private static let schema = """
        {
          "type": "object", "additionalProperties": false, "required": ["plan"],
          "properties": {
            "plan": { "enum": ["basic", "pro"] },
            "seats": { "type": "integer", "minimum": 1, "maximum": 10000 },
            "price": { "type": ["number", "null"], "exclusiveMinimum": 0, "multipleOf": 0.05 },
            "trial": { "type": "boolean" },
            "code": { "type": "string", "pattern": "^[A-Z]{3}$", "maxLength": 8 },
            "modules": {
              "type": "array", "items": { "enum": ["analytics", "reporting"] },
              "uniqueItems": true, "minItems": 1
            },
            "limits": { "type": "object", "properties": { "cpu": { "type": "integer" } }, "required": ["cpu"] },
            "region": { "anyOf": [{ "const": "eu" }, { "type": "object", "required": ["name"] }] },
            "old": false
          }
        }
        """

    @Test(arguments: [
        (#""seats":"30""#, #"seats must be a whole number: write 30, not "30""#),
        (#""seats":"thirty""#, #"seats must be a whole number: it is "thirty""#),
        (#""seats":2.5"#, "seats must be a whole number: it is 2.5"),
        (#""seats":0"#, "seats must be at least 1, not 0"),
        (#""seats":1e5"#, "seats must be at most 10000, not 1e5"),
        (#""price":"5""#, #"price must be a number or null: write 5, not "5""#),
        (#""price":0.0"#, "price must be more than 0, not 0.0"),
        (#""price":0.07"#, "price must be a multiple of 0.05, not 0.07"),
        (#""trial":"true""#, #"trial must be true or false: write true, not "true""#),
        (#""code":123"#, #"code must be text in quotes: write "123", not 123"#),
        (#""code":"abc""#, #"code must match ^[A-Z]{3}$, which "abc" does not"#),
        (
            #""modules":"analytics""#,
            #"modules must be a list in brackets: write ["analytics"], not "analytics""#
        ),
        (#""modules":[]"#, "modules must have at least 1 entry, and has 0"),
        (
            #""modules":["analytics","reporting","analytics"]"#,
            #"modules[2] is there twice: "analytics""#
        ),
        (
            #""modules":["reportin"]"#,
            #"modules[0] must be "analytics" or "reporting", not "reportin": did you mean "reporting"?"#
        ),
        (#""limits":{}"#, "limits lacks cpu, which the product asks for"),
        (#""limits":{"cpu":"2"}"#, #"limits.cpu must be a whole number: write 2, not "2""#),
        (
            #""region":{}"#,
            "region is none of the 2 forms that the product allows; nearest: region must be \"eu\", not {}"
        ),
        (#""old":1"#, "old must not be given"),
        (#""seast":1"#, "the product knows no seast: did you mean seats?"),
        (
            #""zzzzzzzz":1"#,
            "the product knows no zzzzzzzz: it knows plan, seats, price, trial, code, modules, limits, region or old"
        ),
    ])
    func `a member is told apart by name, with what to write`(
        member: String, sentence: String
    ) throws {
        let problems = try Self.problems(in: #"{"plan":"pro",\#(member)}"#)
        #expect(problems.map(\.message) == [sentence])
    }

    @Test func `a plan with a space or a capital is named as it should be`() throws {
        #expect(
            try Self.problems(in: #"{"plan":"Pro "}"#).map(\.message) == [
                #"plan must be "basic" or "pro", not "Pro ": did you mean "pro"?"#
            ])
        #expect(
            try Self.problems(in: "{}").map(\.message) == [
                "plan is missing, which the product asks for"
            ])
    }

    @Test func `all that is wrong is told, in the order of the schema`() throws {
        let problems = try Self.problems(in: #"{"seats":"x","trial":1,"more":2}"#)
        #expect(
            problems.map(\.path) == [[], [.member("seats")], [.member("trial")], [.member("more")]])
    }

    private static func problems(in payload: String) throws -> [PayloadProblem] {
        let schema = try PayloadSchema(JSONDocument.parse(Array(schema.utf8)).root, at: .root)
        return schema.problems(
            inPayload: Array(try JSONDocument.parse(Array(payload.utf8)).root.members))
    }
}
