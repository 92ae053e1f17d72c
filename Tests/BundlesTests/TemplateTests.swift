import Testing

@testable import Bundles

@Suite struct TemplateTests {
    private static func render(
        _ template: String, _ values: [String: TemplateValue], isMarkup: Bool = false
    ) throws -> String {
        let template = BundleTemplate("test", Array(template.utf8), isMarkup: isMarkup)
        return String(decoding: try template.render(values), as: UTF8.self)
    }

    @Test(arguments: [
        ("{{a}}-{{b}}\n", "1-\n"), ("{{a}}{{{a}}}", "11"),
        ("x {{#a}}y{{/a}}{{#b}}z{{/b}}", "x y"), ("{{#no}}x{{/no}}{{#yes}}y{{/yes}}", "y"),
        ("{{#list}}({{name}} {{a}}){{/list}}", "(p 1)(q 2)"),
        ("{{#yes}}{{#a}}{{a}}{{/a}}{{/yes}}", "1"),
        ("{ {} }} {{.Values.x}}", "{ {} }} {{.Values.x}}"),
    ])
    func `names become their values`(template: String, text: String) throws {
        let values: [String: TemplateValue] = [
            "a": .text("1"), "yes": .flag(true), "no": .flag(false),
            "list": .list([["name": "p"], ["name": "q", "a": "2"]]),
        ]
        #expect(try Self.render(template, values) == text)
    }

    /// As Mustache has it: a tag alone on its line leaves no line, one beside a text does.
    @Test(arguments: [
        ("a\n{{#yes}}\nb\n{{/yes}}\nc\n", "a\nb\nc\n"), ("a\n  {{#no}}\nb\n{{/no}}\nc\n", "a\nc\n"),
        ("a{{#yes}}\nb{{/yes}}\nc", "a\nb\nc"), ("{{#yes}}{{/yes}}\nc", "\nc"),
        ("{{yes}}\nc", "\nc"), ("{{#yes}}\n{{/yes}}", ""),
    ])
    func `the edge of a section that has a line of its own leaves none`(
        template: String, text: String
    ) throws {
        #expect(try Self.render(template, ["yes": .flag(true)]) == text)
    }

    @Test func `markup takes every value for text, unless it is marked as markup`() throws {
        let values: [String: TemplateValue] = ["a": .text("<b>&\"'\u{600}<é")]
        #expect(
            try Self.render("{{a}} {{{a}}}", values, isMarkup: true)
                == "&lt;b&gt;&amp;&quot;&#39;\u{600}&lt;é <b>&\"'\u{600}<é")
        #expect(try Self.render("{{a}}", values) == "<b>&\"'\u{600}<é")
    }

    @Test func `what a value says is no template`() throws {
        #expect(try Self.render("{{a}}", ["a": .text("{{b}}"), "b": .text("x")]) == "{{b}}")
    }

    @Test(arguments: [
        ("{{#a}}x", "{{#a}} has no end"), ("x{{/a}}", "{{/a}} ends no section"),
        ("{{#a}}{{#b}}{{/a}}{{/b}}", "{{/a}} ends no section"),
        ("{{a\n}}", "a tag does not end on its line"), ("{{ a }}", "there is no tag {{ a }}"),
        ("{{>a}}", "there is no tag {{>a}}"), ("{{}}", "there is no tag {{}}"),
        ("{{{#a}}}", "there is no tag {{#a}}"),
    ])
    func `a template with a fault is none`(template: String, reason: String) {
        #expect(throws: BundleError.template("test.mustache", reason: reason)) {
            try BundleTemplate("test", Array(template.utf8)).render([:])
        }
    }
}
