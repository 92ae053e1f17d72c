extension ByteSource {
    /// The length of the well-formed UTF-8 sequence at `index`, or 0 if there is none
    /// (Unicode, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF).
    func scalarLength(at index: Int) -> Int {
        guard index < count else { return 0 }
        let lead = self[index]
        if lead < 0x80 { return 1 }
        if lead < 0xC2 || lead > 0xF4 { return 0 }
        // The lead byte narrows the range of the second byte only.
        let second = self[index + 1]
        let lowest: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
        let highest: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
        guard second >= lowest, second <= highest else { return 0 }
        if lead < 0xE0 { return 2 }
        guard isContinuation(at: index + 2) else { return 0 }
        if lead < 0xF0 { return 3 }
        return isContinuation(at: index + 3) ? 4 : 0
    }

    private func isContinuation(at index: Int) -> Bool {
        self[index] & 0xC0 == 0x80
    }

    /// The character at `index` as messages quote it, escaped unless it is printable ASCII.
    func describe(at index: Int) -> String {
        guard index < count else { return "the end of the text" }
        var bytes: [UInt8] = []
        append(from: index, to: index + scalarLength(at: index), onto: &bytes)
        guard let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first else {
            return "byte 0x" + String(self[index], radix: 16)
        }
        if scalar == "'" { return #"'\''"# }
        if scalar.isASCII, scalar.value >= 0x20, scalar.value != 0x7F { return "'\(scalar)'" }
        return "'\\u{" + String(scalar.value, radix: 16) + "}'"
    }
}
