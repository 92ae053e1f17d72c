import Mustache

/// A template from the folder Templates, embedded in the binary and parsed once.
struct BundleTemplate: Sendable {
    static let readme = BundleTemplate("README.txt", PackageResources.README_txt_mustache)
    static let page = BundleTemplate("index.html", PackageResources.index_html_mustache)

    private let name: String
    private let parsed: MustacheTemplate?

    init(_ name: String, _ source: [UInt8]) {
        self.name = name
        MarkupText.register()
        parsed = try? MustacheTemplate(string: String(decoding: source, as: UTF8.self))
    }

    func render(_ context: [String: Any]) throws(BundleError) -> [UInt8] {
        guard let parsed else { throw .malformed("\(name).mustache") }
        return Array(parsed.render(context).utf8)
    }
}
