import PayloadSchema
import StrictJSON
import Support
import Testing

/// Held against Debian's python3-jsonschema.
@Suite(.tags(.otherPrograms), .long) struct SchemaOracleTests {
    private static let caseCount = 20_000
    private static let keywords = [
        "type", "enum", "const", "properties", "required", "additionalProperties", "propertyNames",
        "minProperties", "maxProperties", "items", "prefixItems", "contains", "minItems",
        "maxItems",
        "uniqueItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minLength", "maxLength", "pattern", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
        "$ref",
    ]

    private struct Case {
        let schema: String
        let payload: String
    }

    @Test func `a schema takes the payloads that python3-jsonschema takes, and no others`()
        async throws
    {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("schemas: seed \(seed)")
        var generator = SchemaGenerator(seed: seed)
        let cases = (0..<Self.caseCount).map { _ in
            Case(schema: generator.schema(), payload: generator.object())
        }
        let bench = try Workbench()
        let lines = cases.map { "{\"schema\":\($0.schema),\"payload\":\($0.payload)}\n" }
        try bench.write(lines.joined(), to: "cases")
        let script = "\(Workbench.repository)/Tests/InteropTests/Schemas/validate.py"
        let answer = try await bench.shell("/usr/bin/python3 -W ignore '\(script)' <cases")
        try #require(answer.status == 0, "\(answer.errors)")
        let verdicts = answer.output.split(separator: "\n").map { $0 == "valid" }
        try #require(verdicts.count == cases.count)
        var counts: [String: (valid: Int, invalid: Int)] = [:]
        for (tried, isValid) in zip(cases, verdicts) {
            #expect(
                try accepts(tried) == isValid, "\(tried.payload) by \(tried.schema), seed \(seed)")
            for keyword in Self.keywords where tried.schema.contains("\"\(keyword)\":") {
                counts[keyword, default: (0, 0)].valid += isValid ? 1 : 0
                counts[keyword, default: (0, 0)].invalid += isValid ? 0 : 1
            }
        }
        for keyword in Self.keywords {
            let count = counts[keyword] ?? (0, 0)
            #expect(count.valid > 100 && count.invalid > 100, "\(keyword): \(count)")
        }
    }

    private func accepts(_ tried: Case) throws -> Bool {
        let schema = try JSONDocument.parse(Array(tried.schema.utf8))
        let payload = try JSONDocument.parse(Array(tried.payload.utf8))
        return try PayloadSchema(schema.root, at: .root)
            .problems(inPayload: Array(payload.root.members)).isEmpty
    }
}
