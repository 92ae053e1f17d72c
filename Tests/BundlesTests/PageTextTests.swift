import Foundation
import Testing

@testable import Bundles

/// The texts of the customer's page, in each language.
struct PageTextTests {
    /// A text, or its forms by the categories of the language's plural.
    private static func texts(_ language: String) throws -> [String: [String: String]] {
        let bytes = try #require(PageResources.languages.first { $0.0 == language }?.1)
        let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        return try #require(object).mapValues { value in
            (value as? [String: String]) ?? ["": value as? String ?? ""]
        }
    }

    private static func placeholders(_ forms: [String: String]) -> Set<String> {
        Set(forms.values.joined().matches(of: /\{(\w+)\}/).map { String($0.1) })
    }

    @Test(arguments: ["de", "fr", "es", "ja"])
    func `every language has the same texts, with the same values in them`(
        language: String
    ) throws {
        let (english, other) = (try Self.texts("en"), try Self.texts(language))
        #expect(Set(other.keys) == Set(english.keys))
        for (name, forms) in english {
            let translated = other[name] ?? [:]
            #expect(Self.placeholders(translated) == Self.placeholders(forms), "\(name)")
            #expect(translated.keys.contains("other") == forms.keys.contains("other"), "\(name)")
            #expect(translated.values.allSatisfy { !$0.isEmpty }, "\(name)")
        }
    }

    @Test func `every text of the languages is one that the page shows, and the other way round`()
        throws
    {
        let page =
            PageResources.shared.script
            + String(decoding: PackageResources.index_html_mustache, as: UTF8.self)
        let names = try Self.texts("en").keys
        for name in names {
            #expect(page.contains("\"\(name)\"") || name == "ownName", "\(name)")
        }
        let asked =
            page.matches(of: /phrase\("(\w+)"/).map(\.1)
            + page.matches(of: /data-(?:text|label)="(\w+)"/).map(\.1)
        #expect(asked.count > 50)
        for name in asked { #expect(names.contains(String(name)), "\(name)") }
    }

    @Test func `without a script the page says in English what it says with one`() throws {
        let page = String(decoding: PackageResources.index_html_mustache, as: UTF8.self)
        let english = try Self.texts("en")
        for match in page.matches(of: /data-text="(\w+)"[^>]*>([^<{]+)</) {
            #expect(english[String(match.1)]?[""] == String(match.2))
        }
    }
}
