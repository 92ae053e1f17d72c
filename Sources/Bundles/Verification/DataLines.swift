/// The lines of README.txt and the page that say something of this bundle. They must stand there,
/// in their order; the words between them are the template's, which another version or a vendor
/// may have changed.
struct DataLines {
    /// Of a line: what stands before and after the field that the check does not know, if it has
    /// one.
    private typealias Line = [ArraySlice<UInt8>]

    /// Stands for a value that only the writer knows.
    static let unknown = "\u{1}"

    private let lines: [Line]

    /// No template and no value holds U+0000, which marks what comes out of the values.
    init(of template: BundleTemplate, _ values: [String: TemplateValue]) throws(BundleError) {
        lines = try template.render(values.mapValues(Self.marked))
            .split(separator: UInt8(ascii: "\n"))
            .filter { $0.contains(0) }
            .map { line in
                line.filter { $0 != 0 }
                    .split(separator: 1, omittingEmptySubsequences: false)
            }
    }

    func stand(in text: [UInt8]) -> Bool {
        var rest = lines[...]
        for line in text.split(separator: UInt8(ascii: "\n")) {
            guard let next = rest.first else { break }
            if Self.matches(line, next) { rest.removeFirst() }
        }
        return rest.isEmpty
    }

    private static func matches(_ line: ArraySlice<UInt8>, _ expected: Line) -> Bool {
        guard expected.count > 1, let start = expected.first, let end = expected.last else {
            return line == expected.first
        }
        return line.count >= start.count + end.count && line.starts(with: start)
            && line.suffix(end.count) == end
    }

    private static func marked(_ value: TemplateValue) -> TemplateValue {
        switch value {
        case .text(let text): .text(marked(text))
        case .list(let list): .list(list.map { $0.mapValues(marked) })
        case .flag: value
        }
    }

    /// With a mark in each line of it.
    private static func marked(_ text: String) -> String {
        "\0\(text.replacing("\n", with: "\0\n\0"))\0"
    }
}

extension BundleFacts {
    /// Whether README.txt says what the facts are.
    func agree(
        withReadme text: [UInt8], _ files: Set<Presentation.OptionalFile>
    ) throws(BundleError) -> Bool {
        for presentation in Self.presentations(files) {
            let lines = try DataLines(of: .readme, readmeValues(presentation))
            if lines.stand(in: text) { return true }
        }
        return false
    }

    /// Whether the page says what the facts are, and gives its script the same.
    func agree(
        withPage text: [UInt8], _ files: Set<Presentation.OptionalFile>
    ) throws(BundleError) -> Bool {
        // What a vendor chooses for it stands in lines of its own.
        try DataLines(of: .page, pageValues(Presentation(files: files))).stand(in: text)
    }

    /// A vendor may have given bundles their name or not.
    private static func presentations(
        _ files: Set<Presentation.OptionalFile>
    ) -> [Presentation] {
        [nil, DataLines.unknown].map { Presentation(vendorName: $0, files: files) }
    }
}
