/// Refuses texts of `station.yaml` that the YAML parser could not read in bounded time.
enum ConfigurationText {
    static let maximumByteCount = 64 << 10

    /// An alias repeats what its anchor stands for, so that a few lines of them describe more than
    /// any memory holds. The settings need neither.
    static func check(_ text: String) throws(ConfigurationError) {
        guard text.utf8.count <= maximumByteCount else {
            throw ConfigurationError(
                "more than \(maximumByteCount) bytes, the limit: is it the right file?")
        }
        var beginning = Beginning()
        for line in text.split(whereSeparator: \.isNewline) {
            beginning.startLine()
            guard line.first(where: { $0 != " " && $0 != "\t" }) != "#" else { continue }
            for (scalar, next) in zip(
                line.unicodeScalars, line.unicodeScalars.dropFirst().map(Optional.some) + [nil])
            {
                let isName = next.map { !$0.properties.isWhitespace } ?? false
                if scalar == "&" || scalar == "*", isName, beginning.isValue {
                    throw ConfigurationError(
                        "anchors (&) and aliases (*) are not read: write the value itself")
                }
                beginning.pass(scalar)
            }
        }
    }

    /// Whether a value may begin at a character of a line: at its start, after an indicator, or
    /// after a tag, with blanks between. Quotes are not looked at, as they are told from
    /// apostrophes only by a whole parser: at worst a harmless text is refused.
    private struct Beginning {
        private(set) var isValue = true
        private var isInTag = false

        mutating func startLine() {
            isValue = true
            isInTag = false
        }

        mutating func pass(_ scalar: Unicode.Scalar) {
            switch scalar {
            case " ", "\t":
                if isInTag { isValue = true }
                isInTag = false
            case "-", "?", ":", ",", "[", "{", "\u{feff}":
                if !isInTag { isValue = true }
            case "!" where isValue: isInTag = true
            default: if !isInTag { isValue = false }
            }
        }
    }
}
