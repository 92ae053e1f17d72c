import Signatures

/// What is the same in every page: its style, its script, and its texts in each language.
struct PageResources: Sendable {
    static let shared = PageResources()

    let style = String(decoding: PackageResources.index_css, as: UTF8.self)
    let script: String
    /// An object of the texts by the languages' codes, as an attribute in single quotation marks has
    /// it: each page holds it, and this is done once.
    let texts: String
    let styleDigest: String
    let scriptDigest: String

    /// A part of the script uses what those before it have declared.
    private static let scripts = [
        PackageResources.texts_js, PackageResources.dates_js, PackageResources.terms_js,
        PackageResources.signatures_js, PackageResources.claims_js, PackageResources.contact_js,
        PackageResources.tokens_js, PackageResources.cards_js, PackageResources.list_js,
        PackageResources.keys_js, PackageResources.printing_js, PackageResources.page_js,
    ]

    /// In the order in which the page offers them.
    static let languages = [
        ("en", PackageResources.en_json), ("de", PackageResources.de_json),
        ("fr", PackageResources.fr_json), ("es", PackageResources.es_json),
        ("ja", PackageResources.ja_json),
    ]

    private init() {
        script = String(decoding: Self.scripts.joined(), as: UTF8.self)
        let members = Self.languages.map { "\"\($0)\":\(String(decoding: $1, as: UTF8.self))" }
        texts = Self.attribute("{\(members.joined(separator: ","))}")
        styleDigest = Self.contentDigest(of: style)
        scriptDigest = Self.contentDigest(of: script)
    }

    private static func attribute(_ text: String) -> String {
        let bytes = text.utf8.flatMap { byte in
            switch byte {
            case UInt8(ascii: "&"): Array("&amp;".utf8)
            case UInt8(ascii: "'"): Array("&#39;".utf8)
            default: [byte]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// As a Content-Security-Policy names a script or style (CSP 3, section 2.3.1).
    private static func contentDigest(of text: String) -> String {
        "sha256-\(Base64.standard.encodeToString(SHA256Digest(of: text.utf8).bytes))"
    }
}
