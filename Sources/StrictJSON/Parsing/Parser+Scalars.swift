extension Parser {
    /// Reads the number that begins at the current place (RFC 8259 section 6).
    mutating func readNumber() throws(Fault) {
        let start = at
        if source[at] == Byte.minus { at += 1 }
        if source[at] == Byte.zero, Byte.isDigit(source[at + 1]) {
            throw Fault(offset: at, message: "leading zero in a number, remove it")
        }
        try readDigits(after: "'-'")
        var isInteger = true
        if source[at] == Byte.point {
            isInteger = false
            at += 1
            try readDigits(after: "the decimal point")
        }
        if Byte.isExponentMark(source[at]) {
            isInteger = false
            at += 1
            if source[at] == Byte.plus || source[at] == Byte.minus { at += 1 }
            try readDigits(after: "the exponent mark")
        }
        appendScalar(from: start, flag: isInteger)
    }

    private mutating func readDigits(after what: String) throws(Fault) {
        guard Byte.isDigit(source[at]) else { throw unexpected("a digit after \(what)") }
        while Byte.isDigit(source[at]) { at += 1 }
    }

    /// Reads `true`, `false` or `null` (RFC 8259 section 3).
    mutating func readWord(_ word: String) throws(Fault) {
        let start = at
        for byte in word.utf8 {
            guard source[at] == byte else {
                throw Fault(offset: start, message: "misspelled word, expected '\(word)'")
            }
            at += 1
        }
        appendScalar(from: start, flag: false)
    }
}
