import Console
import Testing

@Suite struct TerminalEscapingTests {
    @Test(arguments: [
        ("Grüße, 世界 👋", "Grüße, 世界 👋"),
        ("a\u{1b}[31mb", #"a\u{1B}[31mb"#),
        ("a\nb\tc", #"a\nb\tc"#),
        ("a\u{9b}b", #"a\u{009B}b"#),
        ("a\u{202e}b\u{2066}", #"a\u{202E}b\u{2066}"#),
        ("a\u{2028}b", #"a\u{2028}b"#),
    ])
    func `a line has nothing in it that a terminal would obey`(text: String, shown: String) {
        #expect(Terminal.plain(text) == shown)
    }

    @Test func `what was made harmless stays as it is`() {
        let shown = Terminal.plain("a\u{1b}\n")
        #expect(Terminal.plain(shown) == shown)
    }

    @Test func `JSON keeps its line ends and escapes what a terminal would obey`() {
        #expect(
            Terminal.escaped("{\n\"a\": \"ü\u{9b}\u{202e}\"\n}")
                == "{\n\"a\": \"ü\\u009b\\u202e\"\n}")
    }
}
