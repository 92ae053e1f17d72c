/// Reads the encoding that all of ssh uses (RFC 4251, section 5), and nothing beyond its end.
struct WireReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    mutating func bytes(_ count: Int) throws(SSHFormatError) -> [UInt8] {
        guard (0...rest.count).contains(count) else { throw .truncated }
        let bytes = Array(rest.prefix(count))
        rest = rest.dropFirst(count)
        return bytes
    }

    mutating func byte() throws(SSHFormatError) -> UInt8 {
        guard let byte = rest.popFirst() else { throw .truncated }
        return byte
    }

    /// Four bytes, the highest first.
    mutating func number() throws(SSHFormatError) -> UInt32 {
        try bytes(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// A length, and as many bytes.
    mutating func string() throws(SSHFormatError) -> [UInt8] {
        guard let count = Int(exactly: try number()) else { throw .truncated }
        return try bytes(count)
    }

    func expectEnd() throws(SSHFormatError) {
        guard rest.isEmpty else { throw .trailingBytes }
    }
}
