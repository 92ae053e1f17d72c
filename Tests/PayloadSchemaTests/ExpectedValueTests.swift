import StrictJSON
import Testing

@testable import PayloadSchema

/// What can be told of a place without a payload, by which the cells of a table get their types.
struct ExpectedValueTests {
    private static let schema = """
        {
          "type": "object", "additionalProperties": false,
          "properties": {
            "seats": { "type": "integer" }, "price": { "type": "number" },
            "code": { "type": "string" }, "plan": { "enum": ["basic", 2, null] },
            "any": {}, "never": false, "open": { "type": "object" },
            "limits": {
              "additionalProperties": false,
              "properties": { "cpu": { "$ref": "#/$defs/count" } }
            },
            "more": { "additionalProperties": { "type": "boolean" } },
            "narrow": { "allOf": [{ "type": ["integer", "string"] }, { "type": ["number", "null"] }] },
            "wide": { "anyOf": [{ "type": "boolean" }, { "const": [1] }] },
            "branch": { "if": { "type": "string" }, "then": { "type": "string" }, "else": { "type": "integer" } },
            "half": { "if": { "type": "string" }, "then": { "type": "string" } }
          },
          "$defs": { "count": { "type": "integer" } }
        }
        """

    private func expected(_ path: String) throws -> ExpectedValue {
        let document = try JSONDocument.parse(Array(#"{"payload":\#(Self.schema)}"#.utf8))
        let value = try #require(document.root.member("payload"))
        let schema = try PayloadSchema(value, at: .root.appending(member: "payload"))
        return schema.expectedValue(at: path.split(separator: ".").map(String.init))
    }

    private static let anything = Set(ExpectedValue.Kind.allCases)

    private static let places: [(String, Set<ExpectedValue.Kind>)] = [
        ("seats", [.integer]), ("price", [.number, .integer]), ("code", [.string]),
        ("plan", [.string, .number, .integer, .null]), ("any", anything), ("never", []),
        ("limits.cpu", [.integer]), ("more.x", [.boolean]), ("narrow", [.integer]),
        ("wide", [.boolean, .array]), ("branch", [.string, .integer]), ("half", anything),
        ("open.x", anything), ("", [.object]),
    ]

    @Test(arguments: places)
    func `a place may have the types that the schema lets it have`(
        path: String, kinds: Set<ExpectedValue.Kind>
    ) throws {
        let found = try expected(path)
        #expect(found.kinds == kinds)
        #expect(!found.isUnknown)
    }

    @Test(arguments: ["seets", "limits.gpu"])
    func `a member that no schema names is unknown`(path: String) throws {
        #expect(try expected(path).isUnknown)
        #expect(try expected("limits").memberNames == ["cpu"])
    }
}
