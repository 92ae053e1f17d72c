extension Parser {
    /// Reads the number that begins at `offset` (RFC 8259 section 6).
    mutating func readNumber() throws(Fault) {
        let start = offset
        if source[offset] == Byte.minus { offset += 1 }
        if source[offset] == Byte.zero, Byte.isDigit(source[offset + 1]) {
            throw Fault(offset: offset, message: "leading zero in a number, remove it")
        }
        try readDigits(after: "'-'")
        var isInteger = true
        if source[offset] == Byte.point {
            isInteger = false
            offset += 1
            try readDigits(after: "the decimal point")
        }
        if Byte.isExponentMark(source[offset]) {
            isInteger = false
            offset += 1
            if source[offset] == Byte.plus || source[offset] == Byte.minus { offset += 1 }
            try readDigits(after: "the exponent mark")
        }
        appendScalar(from: start, flag: isInteger)
    }

    private mutating func readDigits(after what: String) throws(Fault) {
        guard Byte.isDigit(source[offset]) else { throw unexpected("a digit after \(what)") }
        while Byte.isDigit(source[offset]) { offset += 1 }
    }

    /// Reads `true`, `false` or `null` (RFC 8259 section 3).
    mutating func readWord(_ word: String) throws(Fault) {
        let start = offset
        for byte in word.utf8 {
            guard source[offset] == byte else {
                throw Fault(offset: start, message: "misspelled word, expected '\(word)'")
            }
            offset += 1
        }
        appendScalar(from: start, flag: false)
    }
}
