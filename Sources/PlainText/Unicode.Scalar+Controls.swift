extension Unicode.Scalar {
    /// A control character: U+0000 to U+001F and U+007F to U+009F (general category Cc).
    package var isControl: Bool {
        value < 0x20 || (0x7f...0x9f).contains(value)
    }

    /// An embedding, override or isolate (Unicode UAX #9), each of which can make a text look like
    /// another one. The plain marks that right-to-left texts need are not among them.
    package var isBidirectionalControl: Bool {
        (0x202a...0x202e).contains(value) || (0x2066...0x2069).contains(value)
    }

    /// White_Space, by the properties that the Unicode standard gives characters.
    package var isWhiteSpace: Bool {
        isASCII ? value == 0x20 || (0x09...0x0d).contains(value) : properties.isWhitespace
    }

    /// `U+202E`: how the Unicode standard writes a code point.
    package var codePoint: String {
        "U+" + value.zeroPadded(to: 4, radix: 16, uppercase: true)
    }
}

extension String {
    /// Whether there is a control character in the text.
    package var hasControls: Bool {
        // The two bytes of a control beyond ASCII begin with 0xC2.
        utf8.contains { $0 < 0x20 || $0 == 0x7f || $0 == 0xc2 }
            && unicodeScalars.contains { $0.isControl }
    }
}
