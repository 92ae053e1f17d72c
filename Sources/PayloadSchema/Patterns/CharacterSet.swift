/// A set of Unicode scalar values.
struct CharacterSet: Sendable {
    private var ranges: [ClosedRange<Unicode.Scalar>]
    var isInverted: Bool

    init(_ ranges: [ClosedRange<Unicode.Scalar>], isInverted: Bool = false) {
        self.ranges = ranges
        self.isInverted = isInverted
    }

    init(_ scalar: Unicode.Scalar) {
        self.init([scalar...scalar])
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar) } != isInverted
    }

    mutating func insert(_ range: ClosedRange<Unicode.Scalar>) {
        ranges.append(range)
    }

    /// The other set is not inverted.
    mutating func formUnion(_ other: CharacterSet) {
        ranges += other.ranges
    }

    static let digits = CharacterSet(["0"..."9"])
    static let wordCharacters = CharacterSet(["0"..."9", "A"..."Z", "_"..."_", "a"..."z"])
    /// What `.` takes: all but the line ends of ECMA-262.
    static let withinLine = CharacterSet(
        ["\n"..."\n", "\r"..."\r", "\u{2028}"..."\u{2029}"], isInverted: true)

    var inverted: CharacterSet { CharacterSet(ranges, isInverted: !isInverted) }
}
