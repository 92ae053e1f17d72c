/// Keeps a spreadsheet from taking a cell for a formula: names come from requesters.
///
/// An apostrophe goes before a text that begins as formulas do, whatever apostrophes it has there
/// already, and is taken off again when a table is read. So what was written is read.
enum FormulaGuard {
    static func guarded(_ text: String) -> String {
        beginsAsFormula(text) && !isNumber(text) ? "'" + text : text
    }

    static func unguarded(_ text: String) -> String {
        guard text.utf8.first == Byte.apostrophe else { return text }
        let rest = String(text.unicodeScalars.dropFirst())
        return guarded(rest) == text ? rest : text
    }

    private static func beginsAsFormula(_ text: String) -> Bool {
        switch text.utf8.first(where: { $0 != Byte.apostrophe }) {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), Byte.tab,
            Byte.carriageReturn:
            true
        default: false
        }
    }

    /// A sign, digits, and digits after a point.
    private static func isNumber(_ text: String) -> Bool {
        let parts = text.utf8.dropFirst(text.utf8.first == UInt8(ascii: "-") ? 1 : 0)
            .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        return (1...2).contains(parts.count)
            && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
    }
}
