/// The requests that a drop holds, and the problems that its bytes show by themselves.
package struct DropContent: Sendable {
    /// The requests that could be read, as `DropReader` gives them.
    package let requests: [Request]
    /// Whether the text breaks off within its JSON value, as that of a file does which is still
    /// being written.
    package let endsTooSoon: Bool
    /// What is wrong with it whatever exists already.
    package let ownProblems: ProblemList

    /// Whether the drop is refused whatever licenses exist already.
    package var hasOwnProblems: Bool { !ownProblems.isEmpty }

    package init(reading bytes: [UInt8], rules: RequestRules) {
        var reader = DropReader(rules: rules)
        let requests = reader.read(bytes, isLast: true)
        self.init(requests, from: reader)
    }

    /// What a reader has given, up to the end of the text.
    package init(_ requests: [Request], from reader: DropReader) {
        self.requests = requests
        endsTooSoon = reader.endsTooSoon
        ownProblems = reader.problems
    }
}
