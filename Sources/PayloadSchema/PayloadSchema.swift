package import StrictJSON

/// A JSON Schema (2020-12) of those keywords that decide the same in every language; `SchemaFaults`
/// names any other. Annotations are taken and have no effect.
package struct PayloadSchema: Sendable {
    /// Each schema of the text is one; the first is the whole.
    let schemas: [[Rule]]

    /// Reads the schema that a value of a product's file is.
    ///
    /// - Parameter pointer: where it is in the file.
    /// - Throws: All faults found, in the order of the text.
    package init(_ value: JSONValue, at pointer: JSONPointer) throws(SchemaFaults) {
        var reader = SchemaReader(root: value, at: pointer)
        schemas = try reader.read()
    }

    /// The schema `true`.
    package static let anything = PayloadSchema(schemas: [[]])

    private init(schemas: [[Rule]]) {
        self.schemas = schemas
    }

    /// What is wrong with a payload, in the order of the schema; at most `maximumProblems`.
    ///
    /// - Parameter members: those of the payload, which may come from different texts. No two have the
    ///   same name.
    package func problems(inPayload members: [JSONMember]) -> [PayloadProblem] {
        problems(in: .payload(members))
    }

    func problems(in instance: Instance) -> [PayloadProblem] {
        var evaluation = Evaluation(schemas: schemas)
        let problems = evaluation.problems(of: instance, at: .root, by: 0)
        if evaluation.isExhausted {
            return [PayloadProblem(path: [], place: .whole, reason: .tooManySteps)]
        }
        return Array(problems.prefix(Self.maximumProblems))
    }

    package static let maximumProblems = 100
}
