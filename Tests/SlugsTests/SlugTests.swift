import Slugs
import Testing

struct SlugTests {
    @Test(arguments: [
        ("Acme production", "acme-production"), ("Müller & Söhne GmbH", "muller-sohne-gmbh"),
        ("  __a--b__ ", "a-b"), ("a.b/c\\d", "a-b-c-d"), ("日本", ""), ("", ""), ("---", ""),
        ("<script>alert(1)</script>", "script-alert-1-script"), ("ＡＢＣ", "abc"), ("../..", ""),
    ])
    func `a slug keeps ASCII letters and digits and joins the rest with single hyphens`(
        text: String, expected: String
    ) {
        #expect(slug(of: text, limit: 40) == expected)
    }

    @Test func `a slug cut at the limit does not end in a hyphen`() {
        #expect(slug(of: "abc def", limit: 4) == "abc")
        #expect(slug(of: String(repeating: "x", count: 100), limit: 63).count == 63)
    }
}
