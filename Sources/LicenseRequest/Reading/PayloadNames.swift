import PlainText

/// The names of a payload's own members so far.
struct PayloadNames {
    struct Name {
        let text: String
        /// By simple case folding, as UTF-8.
        let folded: [UInt8]
        /// Whether an earlier name is the same but for capitals. A name that is repeated as it is
        /// has been reported by the parser.
        let differsInCaseOnly: Bool
    }

    private var foldedNames: Set<[UInt8]> = []
    /// The names as they are: of few payloads anybody has to know them.
    private var names: [[UInt8]] = []
    private var isNamed: Set<[UInt8]> = []

    mutating func insert(_ text: String) -> Name {
        let folded = Array(text.caseFolded.utf8)
        let bytes = Array(text.utf8)
        let isNewFolded = foldedNames.insert(folded).inserted
        names.append(bytes)
        guard !isNewFolded else {
            return Name(text: text, folded: folded, differsInCaseOnly: false)
        }
        isNamed.formUnion(names.dropLast())
        names = [bytes]
        return Name(text: text, folded: folded, differsInCaseOnly: !isNamed.contains(bytes))
    }
}
