import Mustache

/// A template from the folder Templates, embedded in the binary and parsed once.
struct BundleTemplate: Sendable {
    static let readme = BundleTemplate("README.txt", PackageResources.README_txt_mustache)
    static let page = BundleTemplate("index.html", PackageResources.index_html_mustache)

    private let parsed: Result<MustacheTemplate, BundleError>

    init(_ name: String, _ source: [UInt8]) {
        MarkupText.register()
        parsed = Result { try MustacheTemplate(string: String(decoding: source, as: UTF8.self)) }
            .mapError { .template("\(name).mustache", reason: "\($0)") }
    }

    func render(_ context: [String: Any]) throws(BundleError) -> [UInt8] {
        Array(try parsed.get().render(context).utf8)
    }
}
