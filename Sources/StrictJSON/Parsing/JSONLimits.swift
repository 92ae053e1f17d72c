/// Limits of the parser, as RFC 8259 section 9 allows them.
package struct JSONLimits: Sendable {
    /// Arrays and objects open at once; 1 allows `[]` but not `[[]]`.
    package var maxDepth: Int = 32
    /// Problems collected before parsing stops; values below 1 count as 1.
    package var maxProblems: Int = 100

    package init(maxDepth: Int = 32, maxProblems: Int = 100) {
        self.maxDepth = maxDepth
        self.maxProblems = maxProblems
    }
}
