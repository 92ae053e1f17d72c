import PlainText
import Testing

struct ShorteningTests {
    @Test(arguments: [
        ("", 3, ""), ("abc", 3, "abc"), ("abcd", 3, "a…d"), ("abcdef", 4, "a…ef"),
        ("abcdef", 1, "…"), ("äöüß", 3, "ä…ß"), ("abc", 0, "abc"),
        ("e\u{301}e\u{301}", 3, "e…\u{301}"),
    ])
    func `a text that is too long keeps its beginning and its end`(
        text: String, limit: Int, expected: String
    ) {
        let shortened = text.shortened(to: limit)
        #expect(Array(shortened.unicodeScalars) == Array(expected.unicodeScalars))
    }
}
