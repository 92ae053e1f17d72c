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
    private var names: Set<[UInt8]> = []

    mutating func insert(_ text: String) -> Name {
        let folded = Array(text.caseFolded.utf8)
        let isNew = names.insert(Array(text.utf8)).inserted
        let isNewFolded = foldedNames.insert(folded).inserted
        return Name(text: text, folded: folded, differsInCaseOnly: isNew && !isNewFolded)
    }
}
