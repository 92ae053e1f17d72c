/// A template from the folder Templates, embedded in the binary and parsed once.
///
/// The form is a part of Mustache, read here: the library that reads all of it brings Foundation
/// with it, which is ten times as large as the check of a bundle.
struct BundleTemplate: Sendable {
    static let readme = BundleTemplate("README.txt", PackageResources.README_txt_mustache)
    static let page = BundleTemplate(
        "index.html", PackageResources.index_html_mustache, isMarkup: true)

    private let parts: Result<[TemplatePart], BundleError>
    private let isMarkup: Bool

    /// - Parameter isMarkup: whether values are made text of HTML.
    init(_ name: String, _ source: [UInt8], isMarkup: Bool = false) {
        self.isMarkup = isMarkup
        parts = Result { () throws(BundleError) in
            do throws(TemplateFault) {
                return try TemplateParser.parse(source)
            } catch {
                throw .template("\(name).mustache", reason: error.description)
            }
        }
    }

    func render(_ values: [String: TemplateValue]) throws(BundleError) -> [UInt8] {
        var text: [UInt8] = []
        append(try parts.get(), values, to: &text)
        return text
    }

    private func append(
        _ parts: [TemplatePart], _ values: [String: TemplateValue], to text: inout [UInt8]
    ) {
        for part in parts {
            switch part {
            case .text(let bytes): text += bytes
            case .value(let name, let isRaw):
                guard case .text(let value) = values[name] else { continue }
                if isMarkup && !isRaw {
                    MarkupText.append(value, to: &text)
                } else {
                    text += value.utf8
                }
            case .section(let name, let inner):
                switch values[name] {
                case nil, .flag(false): continue
                case .text, .flag(true): append(inner, values, to: &text)
                case .list(let elements):
                    for element in elements {
                        let own = element.mapValues(TemplateValue.text)
                        append(inner, values.merging(own) { $1 }, to: &text)
                    }
                }
            }
        }
    }
}
