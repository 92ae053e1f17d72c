/// Why a text was refused.
package struct JSONFailure: Error, Sendable {
    /// In source order and never empty. A syntax or depth problem ends parsing, so it comes last.
    package let problems: [JSONProblem]
}
