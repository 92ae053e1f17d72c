/// Writes an object member by member straight into UTF-8: the same text as `OrderedJSON` gives,
/// for objects of which there are very many.
package struct JSONObjectText {
    private var writer: JSONWriter
    private var isEmpty = true

    /// - Parameter depth: how deep the object stands within other values.
    package init(isPretty: Bool, depth: Int = 0) {
        writer = JSONWriter(isPretty: isPretty, depth: depth)
        writer.out.reserveCapacity(512)
        writer.beginObject()
    }

    /// Leaves the member out where it has no value.
    package mutating func add(_ name: String, _ string: String?) {
        guard let string else { return }
        begin(name)
        writer.writeString(string)
    }

    /// Leaves the member out where it has no value.
    package mutating func add(_ name: String, _ integer: Int64?) {
        guard let integer else { return }
        begin(name)
        writer.write(.integer(integer))
    }

    package mutating func add(_ name: String, _ value: OrderedJSON) {
        begin(name)
        writer.write(value)
    }

    /// The whole object.
    package consuming func finish() -> OrderedJSON {
        writer.endObject(isEmpty: isEmpty)
        return .text(writer.out)
    }

    private mutating func begin(_ name: String) {
        writer.beginMember(name, isFirst: isEmpty)
        isEmpty = false
    }
}
