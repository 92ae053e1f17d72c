import Testing

@testable import PayloadSchema

struct PatternTests {
    private func matches(_ pattern: String, _ text: String) throws -> Bool {
        try Pattern(pattern).matches(text.unicodeScalars)
    }

    @Test(arguments: [
        ("b", "abc", true), ("^b", "abc", false), ("c$", "abc", true), ("^$", "", true),
        ("^$", "a", false), ("^(?:a|bc){2}$", "abc", true), ("^(?:a|bc){2}$", "abcc", false),
        ("^a{2,}$", "aaa", true), ("^a{2,3}$", "aaaa", false), ("^.$", "\u{1F600}", true),
        ("^.$", "\n", false), ("a$", "a\n", false), (#"^\d+$"#, "٣", false),
        (#"^[\w.-]+$"#, "a.b-c", true), ("^[^a-c]$", "d", true), ("^[^a-c]$", "b", false),
        (#"^\$\{$"#, "${", true), ("(|a)b", "b", true), ("", "x", true),
    ])
    func `an expression is searched for in a text`(
        pattern: String, text: String, isFound: Bool
    ) throws {
        #expect(try matches(pattern, text) == isFound)
    }

    /// Which would take longer than anybody waits where each way is tried on its own.
    @Test(.timeLimit(.minutes(1))) func `no expression takes more than its share of time`() throws {
        #expect(try !matches("^(a*)*(a*)*(a|a)*b$", String(repeating: "a", count: 10_000)))
        #expect(try matches("^(a?){500}a{500}$", String(repeating: "a", count: 500)))
    }

    @Test(arguments: [
        "(", ")", "a)", "[", "[]", "[b-a]", "*", "a**", "^*", "{", "a{1001}", "a{2,1}", "a{x}",
        "\\", "\\b",
        "\\1", "(?=a)", "(?<n>a)", "[a", "[\\D]", "(a{1000}){1000}", "}", "]", "a{1", "\\u0041",
        "[[]",
        String(repeating: "(", count: 40) + String(repeating: ")", count: 40),
    ])
    func `what is not of the subset is refused`(pattern: String) {
        #expect(throws: PatternFault.self) { try Pattern(pattern) }
    }
}
