import StrictJSON

/// A type of JSON Schema (validation, section 6.1.1).
enum ValueType: String, Sendable, CaseIterable {
    case null, boolean, object, array, number, string
    /// A number without a fraction, however it is written.
    case integer

    func includes(_ instance: Instance) -> Bool {
        switch (self, instance.kind) {
        case (.null, .null), (.boolean, .bool), (.object, .object), (.array, .array),
            (.number, .number), (.string, .string):
            true
        case (.integer, .number): instance.integer != nil || instance.number?.isWhole == true
        default: false
        }
    }
}
