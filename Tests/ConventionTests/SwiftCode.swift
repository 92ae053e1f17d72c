import Foundation

/// Swift text without its comments and string literals. Line breaks stay, and so does the code in
/// interpolations.
struct SwiftCode {
    private let bytes: [UInt8]
    private var position = 0
    private var kept: [UInt8] = []

    static func stripped(_ source: String) -> String {
        var scanner = SwiftCode(bytes: Array(source.utf8))
        scanner.scanCode(isInterpolation: false)
        return String(decoding: scanner.kept, as: UTF8.self)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private func stands(_ text: String) -> Bool {
        bytes[position...].starts(with: text.utf8)
    }

    /// An interpolation ends before the parenthesis that was opened before it.
    private mutating func scanCode(isInterpolation: Bool) {
        var depth = 0
        while position < bytes.count {
            if stands("//") {
                skip(to: "\n")
            } else if stands("/*") {
                skipBlockComment()
            } else if let literal = literalDelimiter() {
                skipLiteral(literal)
            } else {
                if stands("(") { depth += 1 }
                if stands(")") { depth -= 1 }
                if isInterpolation, depth < 0 { return }
                kept.append(bytes[position])
                position += 1
            }
        }
    }

    private mutating func skip(to end: String) {
        while position < bytes.count, !stands(end) { position += 1 }
    }

    /// Block comments nest.
    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if stands("/*") {
                depth += 1
                position += 2
            } else if stands("*/") {
                depth -= 1
                position += 2
            } else {
                keepLineBreak()
                position += 1
            }
        } while depth > 0 && position < bytes.count
    }

    private mutating func keepLineBreak() {
        if bytes[position] == UInt8(ascii: "\n") { kept.append(bytes[position]) }
    }

    private struct Delimiter {
        let pounds: String
        let quotes: String
    }

    private func literalDelimiter() -> Delimiter? {
        let pounds = String(repeating: "#", count: bytes[position...].prefix { $0 == 0x23 }.count)
        for quotes in ["\"\"\"", "\""] where stands(pounds + quotes) {
            return Delimiter(pounds: pounds, quotes: quotes)
        }
        return nil
    }

    private mutating func skipLiteral(_ delimiter: Delimiter) {
        let escape = "\\" + delimiter.pounds
        let end = delimiter.quotes + delimiter.pounds
        // What stands for the literal, so that the code around it stays code.
        kept += Array("\"\"".utf8)
        position += end.utf8.count
        while position < bytes.count, !stands(end) {
            if stands(escape + "(") {
                position += escape.utf8.count + 1
                scanCode(isInterpolation: true)
            } else if stands(escape) {
                position += escape.utf8.count
            }
            guard position < bytes.count else { return }
            keepLineBreak()
            position += 1
        }
        position = min(bytes.count, position + end.utf8.count)
    }
}
