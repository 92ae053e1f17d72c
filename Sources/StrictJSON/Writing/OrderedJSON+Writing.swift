extension OrderedJSON {
    /// UTF-8 without white space. Strings escape what RFC 8259 section 7 demands, and controls that
    /// could deceive a reader: U+007F to U+009F and the bidirectional ones.
    package func compact() -> [UInt8] {
        var writer = JSONWriter(isPretty: false)
        writer.write(self)
        return writer.out
    }

    /// Appends what `compact` gives.
    package func appendCompact(to text: inout [UInt8]) {
        var writer = JSONWriter(isPretty: false)
        swap(&writer.out, &text)
        writer.write(self)
        swap(&writer.out, &text)
    }

    /// UTF-8 with one child on each line, indented by two spaces. Empty arrays and objects stay on
    /// one line, a `text` keeps its own white space, and no line feed stands at the end.
    package func pretty() -> [UInt8] {
        var writer = JSONWriter(isPretty: true)
        writer.write(self)
        return writer.out
    }

    /// Appends the value as an element of an array whose elements come one by one, on a line of its
    /// own, with a comma before it unless it is the first.
    ///
    /// - Parameter depth: how deep the element stands within other values.
    package func appendElement(to text: inout [UInt8], isFirst: Bool, depth: Int) {
        var writer = JSONWriter(isPretty: true, depth: depth)
        swap(&writer.out, &text)
        writer.beginElement(isFirst: isFirst)
        writer.write(self)
        swap(&writer.out, &text)
    }

    package var compactText: String { String(decoding: compact(), as: UTF8.self) }
    package var prettyText: String { String(decoding: pretty(), as: UTF8.self) }
}
