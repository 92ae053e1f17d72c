extension Unicode.Scalar {
    /// A control character: U+0000 to U+001F and U+007F to U+009F (general category Cc).
    package var isControl: Bool {
        properties.generalCategory == .control
    }

    /// An embedding, override or isolate (Unicode UAX #9), each of which can make a text look like
    /// another one. The plain marks that right-to-left texts need are not among them.
    package var isBidirectionalControl: Bool {
        (0x202a...0x202e).contains(value) || (0x2066...0x2069).contains(value)
    }

    /// `U+202E`: how the Unicode standard writes a code point.
    package var codePoint: String {
        "U+" + value.zeroPadded(to: 4, radix: 16, uppercase: true)
    }
}
