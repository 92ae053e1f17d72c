import StrictJSON
import Testing

@testable import PayloadSchema

/// A schema that would not do what its author thinks is an error.
struct SchemaReaderTests {
    private func faults(_ text: String) throws -> [String] {
        let value = try JSONDocument.parse(Array(text.utf8)).root
        do throws(SchemaFaults) {
            _ = try PayloadSchema(value, at: .root.appending(member: "payload"))
            return []
        } catch {
            return error.faults.map { "\($0.pointer): \($0.message)" }
        }
    }

    @Test(arguments: [
        (#"{"minimun":1}"#, "/payload/minimun: 'minimun' is no keyword: did you mean 'minimum'?"),
        (
            #"{"unevaluatedProperties":false}"#,
            "/payload/unevaluatedProperties: the keyword 'unevaluatedProperties' is not supported, and would have no effect: leave it out"
        ),
        (#"{"items":3}"#, "/payload/items: a schema is an object, true or false"),
        (
            #"{"type":"int"}"#,
            "/payload/type: a type is one of null, boolean, object, array, number, string, integer, or a list of those"
        ),
        (
            #"{"enum":[]}"#,
            "/payload/enum: it is a list of the values that are allowed, with one at least"
        ),
        (#"{"minLength":-1}"#, "/payload/minLength: it is a whole number, 0 or more"),
        (#"{"minLength":1.5}"#, "/payload/minLength: it is a whole number, 0 or more"),
        (#"{"multipleOf":0}"#, "/payload/multipleOf: it is a number above 0, of at most 18 digits"),
        (#"{"required":["a","a"]}"#, "/payload/required: it is a list of names, each once"),
        (#"{"then":{}}"#, "/payload/then: without 'if' it has no effect"),
        (
            #"{"pattern":"a(?=b)"}"#,
            "/payload/pattern: of groups that begin with '(?' only '(?:' is supported"
        ),
        (
            #"{"properties":{"a":{"pattern":"["}}}"#,
            "/payload/properties/a/pattern: '[' without ']'"
        ),
        (
            ##"{"$ref":"other.json#/a"}"##,
            "/payload/$ref: a reference stays in the file: '#/$defs/NAME' or '#'"
        ),
        (
            ##"{"$ref":"#/$defs/a"}"##,
            "/payload/$ref: it leads to no schema: '#/$defs/NAME' is one of those in $defs"
        ),
        (
            ##"{"allOf":[{"$ref":"#"}]}"##,
            "/payload/allOf/0/$ref: it leads back to itself without a step into the payload"
        ),
        (
            #"{"$schema":"http://json-schema.org/draft-07/schema#"}"#,
            "/payload/$schema: it is \"https://json-schema.org/draft/2020-12/schema\", and only at the top"
        ),
        (#"{"not":{"$id":"x"}}"#, "/payload/not/$id: it is a string, and only at the top"),
    ])
    func `what a schema cannot mean is named with its place`(text: String, fault: String) throws {
        #expect(try faults(text) == [fault])
    }

    @Test func `all faults are told in the order of the text`() throws {
        let text = #"{"maxLength":"x","properties":{"a":{"typ":"string"}},"enum":[]}"#
        let pointers = try faults(text).map { $0.prefix { $0 != ":" } }
        #expect(
            pointers == ["/payload/maxLength", "/payload/properties/a/typ", "/payload/enum"])
    }

    @Test func `a schema may refer to itself for what is within a value`() throws {
        let text =
            ##"{"properties":{"a":{"$ref":"#"},"n":{"type":"integer"}},"additionalProperties":false}"##
        let schema = try PayloadSchema(JSONDocument.parse(Array(text.utf8)).root, at: .root)
        func paths(_ payload: String) throws -> [[PayloadProblem.Step]] {
            let document = try JSONDocument.parse(Array(payload.utf8))
            return schema.problems(inPayload: Array(document.root.members)).map(\.path)
        }
        #expect(try paths(#"{"a":{"a":{"n":1}}}"#) == [])
        #expect(
            try paths(#"{"a":{"a":{"n":"1"}}}"#) == [[.member("a"), .member("a"), .member("n")]])
    }

    @Test func `a schema that would take for ever ends with a problem`() throws {
        // Each asks the next for the same twice.
        let count = 40
        let definitions = (0..<count).map { number in
            let next = number + 1 < count ? ##"{"$ref":"#/$defs/d\##(number + 1)"}"## : "{}"
            return #""d\#(number)":{"allOf":[\#(next),\#(next)]}"#
        }
        let text = ##"{"$ref":"#/$defs/d0","$defs":{\##(definitions.joined(separator: ","))}}"##
        let schema = try PayloadSchema(JSONDocument.parse(Array(text.utf8)).root, at: .root)
        #expect(
            schema.problems(inPayload: []).map(\.message) == [
                "the product's schema takes too long for this payload: simplify the schema"
            ])
    }
}
