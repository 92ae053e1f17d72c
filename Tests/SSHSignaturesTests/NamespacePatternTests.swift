import Testing

@testable import SSHSignatures

/// As match_pattern_list of ssh's match.c.
struct NamespacePatternTests {
    @Test(arguments: [
        ("a", "a", true), ("a", "A", false), ("a", "ab", false), ("a", "", false),
        ("*", "", true), ("*", "anything", true), ("a*", "a", true), ("a*", "abc", true),
        ("a*", "ba", false), ("*a", "ba", true), ("*a", "ab", false), ("a*c", "abbc", true),
        ("a*c", "abcd", false), ("*a*b*", "xaxbx", true), ("*a*b*", "xbxax", false),
        ("a**b", "ab", true), ("a?c", "abc", true), ("a?c", "ac", false), ("?", "", false),
        ("??", "é", true), ("?", "é", false), ("*é", "cafe\u{e9}", true),
        ("*é", "cafee\u{301}", false), ("a b", "a b", true), ("\\*", "*", false),
        ("\\*", "\\x", true), ("[a]", "a", false), ("a,b", "b", true), ("a,b", "a,b", false),
        ("a,,b", "b", true), ("a,", "", true), ("*,!a", "a", false), ("!a,*", "a", false),
        ("*,!a", "b", true), ("!a*,ab,*", "ab", false), ("a,!b", "c", false),
        ("!!a,*", "!a", false),
        ("!!a,*", "a", true), ("a!b", "a!b", true), ("x,!*,y", "y", false),
        ("coldmint-request@*.example.com", "coldmint-request@eu.example.com", true),
        ("coldmint-request@*.example.com", "coldmint-request@example.com", false),
    ])
    func `a list allows what ssh would`(list: String, namespace: String, allows: Bool) {
        #expect(NamespacePatterns(list).allow(namespace) == allows)
    }

    @Test func `many asterisks take no long time`() {
        let list = String(repeating: "*a", count: 500) + "b"
        let namespace = String(repeating: "a", count: 10_000)
        let taken = ContinuousClock().measure {
            #expect(!NamespacePatterns(list).allow(namespace))
        }
        #expect(taken < .seconds(5))
    }
}
