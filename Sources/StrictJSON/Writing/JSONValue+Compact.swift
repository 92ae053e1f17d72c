extension JSONValue {
    /// Appends this value as written, but without insignificant white space (RFC 8259 section 2):
    /// numbers and string escapes keep their spelling.
    package func appendCompact(to out: inout [UInt8]) {
        document.appendCompact(entry.start..<entry.end, to: &out)
    }

    /// What `appendCompact` appends.
    package var compact: [UInt8] {
        var text: [UInt8] = []
        appendCompact(to: &text)
        return text
    }
}

extension Sequence<JSONMember> {
    /// Appends them like `appendCompact`, separated by commas; they may be of different texts.
    package func appendCompact(to out: inout [UInt8]) {
        var isFirst = true
        for member in self {
            if !isFirst { out.append(Byte.comma) }
            isFirst = false
            member.nameValue.appendCompact(to: &out)
            out.append(Byte.colon)
            member.value.appendCompact(to: &out)
        }
    }
}

extension JSONDocument {
    /// Copies whole tokens of an accepted text, in runs between insignificant white space.
    fileprivate func appendCompact(_ range: Range<Int>, to out: inout [UInt8]) {
        bytes.withSource { source in
            var runStart = range.lowerBound
            var offset = runStart
            let end = range.upperBound
            var isInString = false
            while offset < end {
                let byte = source[offset]
                if byte == Byte.quote {
                    isInString.toggle()
                } else if isInString, byte == Byte.backslash {
                    // What follows may be a quote that does not end the string.
                    offset += 1
                } else if !isInString, Byte.isWhiteSpace(byte) {
                    source.append(from: runStart, to: offset, onto: &out)
                    runStart = offset + 1
                }
                offset += 1
            }
            source.append(from: runStart, to: end, onto: &out)
        }
    }
}
