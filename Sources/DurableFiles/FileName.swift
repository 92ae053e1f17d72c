/// The name of a folder's entry: bytes, as Linux has it, not always UTF-8.
package struct FileName: Sendable, Hashable, Comparable {
    /// Linux's NAME_MAX.
    package static let maximumByteCount = 255

    package let bytes: [UInt8]

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    package init(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// By bytes: the order of `LC_ALL=C ls`.
    package static func < (left: Self, right: Self) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    package func hasPrefix(_ text: String) -> Bool {
        bytes.starts(with: text.utf8)
    }

    package func hasSuffix(_ text: String) -> Bool {
        bytes.reversed().starts(with: text.utf8.reversed())
    }

    /// For C: the bytes and a NUL.
    func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        var characters = bytes.map { CChar(bitPattern: $0) }
        characters.append(0)
        return characters.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map(body) ?? "".withCString(body)
        }
    }
}

extension FileName: CustomStringConvertible {
    /// On one line and in UTF-8 whatever the name: control characters, backslashes and bytes that
    /// are not UTF-8 appear as `\xNN`.
    package var description: String {
        var text = ""
        var decoder = UTF8()
        var source = bytes.makeIterator()
        var offset = 0
        decoding: while true {
            switch decoder.decode(&source) {
            case .emptyInput: break decoding
            case .scalarValue(let scalar):
                let width = UTF8.width(scalar)
                let isPlain = scalar.properties.generalCategory != .control && scalar != "\\"
                text += isPlain ? String(scalar) : Self.escaped(bytes[offset..<offset + width])
                offset += width
            case .error:
                // The rest is shown byte by byte: where a decoder takes up again is its own affair.
                text += Self.escaped(bytes[offset...])
                break decoding
            }
        }
        return text
    }

    private static func escaped(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits
        }.joined()
    }
}
