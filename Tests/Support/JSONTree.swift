import Foundation

/// JSON as Foundation reads it: a second opinion beside the product's own parser.
package struct JSONTree: @unchecked Sendable, CustomStringConvertible {
    private let value: Any?

    package init(_ text: String) throws {
        value = try JSONSerialization.jsonObject(
            with: Data(text.utf8), options: [.fragmentsAllowed])
    }

    private init(_ value: Any?) {
        self.value = value
    }

    package subscript(_ name: String) -> JSONTree {
        JSONTree((value as? [String: Any])?[name])
    }

    package subscript(_ index: Int) -> JSONTree {
        let elements = value as? [Any] ?? []
        return JSONTree(elements.indices.contains(index) ? elements[index] : nil)
    }

    /// The same text for the same value, whatever the order of its members.
    package var canonical: String {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .fragmentsAllowed]
        let data = value.flatMap {
            try? JSONSerialization.data(withJSONObject: $0, options: options)
        }
        return String(decoding: data ?? Data(), as: UTF8.self)
    }

    package var isAbsent: Bool { value == nil }
    package var string: String? { value as? String }
    package var integer: Int? { value as? Int }
    package var bool: Bool? { value as? Bool }
    package var names: [String] { (value as? [String: Any])?.keys.sorted() ?? [] }
    package var elements: [JSONTree] { (value as? [Any] ?? []).map { JSONTree($0) } }
    package var strings: [String] { elements.compactMap(\.string) }

    package var description: String { value.map { "\($0)" } ?? "absent" }
}
