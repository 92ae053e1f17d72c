/// A JSON value to be written; members keep the order given.
///
/// Equality is that of Swift: canonically equivalent strings are equal, and `text` equals only
/// `text`. Compare what `compact()` gives where bytes matter.
package enum OrderedJSON: Sendable, Hashable {
    case bool(Bool)
    case integer(Int64)
    case string(String)
    case array([OrderedJSON])
    case object([Member])
    /// JSON that is already valid, written verbatim.
    case text([UInt8])

    package struct Member: Sendable, Hashable {
        package var name: String
        package var value: OrderedJSON

        package init(_ name: String, _ value: OrderedJSON) {
            self.name = name
            self.value = value
        }

        /// Those that have a value.
        package static func present(
            _ members: some Sequence<(String, OrderedJSON?)>
        ) -> [Member] {
            members.compactMap { name, value in value.map { Member(name, $0) } }
        }
    }

    /// An object of the members that have a value: `nil` leaves one out. Names must differ; this is
    /// not checked.
    package static func object(_ members: KeyValuePairs<String, OrderedJSON?>) -> OrderedJSON {
        .object(Member.present(members.lazy.map { ($0.key, $0.value) }))
    }
}

extension OrderedJSON {
    package static let null = OrderedJSON.text(Array("null".utf8))
}

extension OrderedJSON: ExpressibleByBooleanLiteral {
    package init(booleanLiteral value: Bool) {
        self = .bool(value)
    }
}

extension OrderedJSON: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int64) {
        self = .integer(value)
    }
}

extension OrderedJSON: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self = .string(value)
    }
}

extension OrderedJSON: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: OrderedJSON...) {
        self = .array(elements)
    }
}
