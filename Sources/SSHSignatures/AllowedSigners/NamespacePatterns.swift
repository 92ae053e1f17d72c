/// A list of patterns for namespaces, as ssh matches them (match_pattern_list in match.c): divided by
/// commas, with `*` for any bytes, `?` for one, and `!` before a pattern that forbids.
struct NamespacePatterns {
    /// ssh gives up at a longer one.
    static let maximumByteCount = 1022

    private let patterns: [(text: ArraySlice<UInt8>, forbids: Bool)]

    init(_ list: String) {
        let comma = UInt8(ascii: ",")
        patterns = Array(list.utf8).split(separator: comma, omittingEmptySubsequences: false).map {
            let forbids = $0.first == UInt8(ascii: "!")
            return (forbids ? $0.dropFirst() : $0, forbids)
        }
    }

    /// Refuses a list by which the key could never sign.
    func check() throws(AllowedSignersError.Reason) {
        guard patterns.contains(where: { !$0.forbids && !$0.text.isEmpty }) else {
            throw .allowsNoNamespace
        }
        guard patterns.allSatisfy({ $0.text.count <= Self.maximumByteCount }) else {
            throw .longPattern(limit: Self.maximumByteCount)
        }
    }

    /// Whether one pattern fits and none that forbids does, wherever they stand.
    func allow(_ namespace: String) -> Bool {
        let bytes = Array(namespace.utf8)
        let fitting = patterns.filter { Self.fits(bytes, $0.text) }
        return !fitting.isEmpty && fitting.allSatisfy { !$0.forbids }
    }

    /// Takes time in proportion to the product of the lengths: an asterisk that has taken too little
    /// takes one byte more, and no earlier one is ever tried again.
    static func fits(_ text: [UInt8], _ pattern: ArraySlice<UInt8>) -> Bool {
        let pattern = Array(pattern)
        var (at, inPattern) = (0, 0)
        var retry: (at: Int, inPattern: Int)?
        while at < text.count {
            if inPattern < pattern.count, pattern[inPattern] == UInt8(ascii: "*") {
                inPattern += 1
                retry = (at, inPattern)
            } else if inPattern < pattern.count,
                pattern[inPattern] == UInt8(ascii: "?") || pattern[inPattern] == text[at]
            {
                at += 1
                inPattern += 1
            } else if let last = retry {
                at = last.at + 1
                inPattern = last.inPattern
                retry = (at, inPattern)
            } else {
                return false
            }
        }
        return pattern[inPattern...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
