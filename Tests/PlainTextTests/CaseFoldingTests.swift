import Foundation
import PlainText
import Testing

struct CaseFoldingTests {
    @Test(arguments: [
        ("EXP", "exp"), ("\u{17f}ub", "sub"), ("\u{212a}id", "kid"), ("straße", "straße"),
        ("STRASSE", "strasse"), ("\u{1e9e}", "ß"), ("ΣΑΣς", "σασσ"), ("İıI", "İıi"),
        ("\u{ab70}\u{13f8}", "\u{13a0}\u{13f0}"), ("\u{fb05}", "\u{fb06}"),
        ("e\u{301}É", "e\u{301}é"),
    ])
    func `texts that differ in case fold to the same`(text: String, expected: String) {
        #expect(Array(text.caseFolded.utf8) == Array(expected.utf8))
    }

    private static let table = "/usr/share/unicode/CaseFolding.txt"

    /// Held against the table of the Unicode Consortium, as far as it and Swift know the
    /// characters.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: table), "no package unicode-data"))
    func `every character folds as CaseFolding.txt says`() throws {
        let text = try String(contentsOfFile: Self.table, encoding: .utf8)
        let version = try #require(
            text.firstMatch(of: /CaseFolding-(\d+)\.(\d+)/).flatMap { match in
                Int(match.1).flatMap { major in Int(match.2).map { (major, $0) } }
            })
        var folded: [UInt32: UInt32] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let fields = line.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            guard fields.count > 2, ["C", "S"].contains(fields[1]) else { continue }
            let scalar = try #require(UInt32(fields[0], radix: 16))
            let mapping: UInt32 = try #require(UInt32(fields[2], radix: 16))
            folded[scalar] = mapping
        }
        try #require(folded.count > 1000)
        if version < (15, 1) {
            folded.merge([0x1fd3: 0x390, 0x1fe3: 0x3b0, 0xfb05: 0xfb06]) { old, _ in old }
        }
        var checked = 0
        for scalar in (UInt32(0)...0x10ffff).compactMap(Unicode.Scalar.init) {
            guard let age = scalar.properties.age, age <= version else { continue }
            checked += 1
            let expected = folded[scalar.value] ?? scalar.value
            if scalar.caseFolded.value != expected {
                Issue.record("\(scalar.codePoint) folds to \(scalar.caseFolded.codePoint)")
            }
        }
        #expect(checked > 200_000)
    }
}
