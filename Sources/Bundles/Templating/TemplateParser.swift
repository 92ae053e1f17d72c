/// What is wrong with a template.
struct TemplateFault: Error, CustomStringConvertible {
    let description: String
}

/// Takes a template apart, line by line: no tag goes over the end of one.
struct TemplateParser {
    private enum Piece {
        case text(ArraySlice<UInt8>)
        case value(String, isRaw: Bool)
        case begin(String)
        case end(String)
    }

    /// The sections that have begun and not ended, and outermost the whole template.
    private var open: [(name: String, parts: [TemplatePart])] = [("", [])]

    static func parse(_ source: [UInt8]) throws(TemplateFault) -> [TemplatePart] {
        var parser = TemplateParser()
        var rest = source[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
            try parser.add(line: rest[..<end])
            rest = rest[end...]
        }
        guard parser.open.count == 1, let whole = parser.open.first else {
            throw TemplateFault(description: "{{#\(parser.open[1].name)}} has no end")
        }
        return whole.parts
    }

    private mutating func add(line: ArraySlice<UInt8>) throws(TemplateFault) {
        var pieces = try Self.pieces(of: line)
        // The beginning or end of a section that has a line of its own leaves none.
        let shown = pieces.filter { !Self.isSpace($0) }
        if shown.count == 1, Self.isEdge(shown[0]) { pieces = shown }
        for piece in pieces { try add(piece) }
    }

    private mutating func add(_ piece: Piece) throws(TemplateFault) {
        switch piece {
        case .text(let text): open[open.count - 1].parts.append(.text(Array(text)))
        case .value(let name, let isRaw):
            open[open.count - 1].parts.append(.value(name, isRaw: isRaw))
        case .begin(let name): open.append((name, []))
        case .end(let name):
            guard open.count > 1, let section = open.popLast(), section.name == name else {
                throw TemplateFault(description: "{{/\(name)}} ends no section")
            }
            open[open.count - 1].parts.append(.section(name, section.parts))
        }
    }

    private static func isSpace(_ piece: Piece) -> Bool {
        guard case .text(let text) = piece else { return false }
        return text.allSatisfy { " \t\n".utf8.contains($0) }
    }

    private static func isEdge(_ piece: Piece) -> Bool {
        switch piece {
        case .begin, .end: true
        case .text, .value: false
        }
    }

    private static func pieces(of line: ArraySlice<UInt8>) throws(TemplateFault) -> [Piece] {
        var pieces: [Piece] = []
        var rest = line
        while let start = rest.firstRange(of: "{{".utf8)?.lowerBound {
            if start > rest.startIndex { pieces.append(.text(rest[..<start])) }
            rest = rest[start...]
            guard !rest.starts(with: "{{.".utf8) else {
                // Helm's own, which the reader of README.txt is to copy.
                pieces.append(.text(rest.prefix(3)))
                rest = rest.dropFirst(3)
                continue
            }
            let isRaw = rest.starts(with: "{{{".utf8)
            guard let end = rest.firstRange(of: isRaw ? "}}}".utf8 : "}}".utf8) else {
                throw TemplateFault(description: "a tag does not end on its line")
            }
            pieces.append(try tag(rest[(start + (isRaw ? 3 : 2))..<end.lowerBound], isRaw))
            rest = rest[end.upperBound...]
        }
        if !rest.isEmpty { pieces.append(.text(rest)) }
        return pieces
    }

    private static func tag(
        _ tag: ArraySlice<UInt8>, _ isRaw: Bool
    ) throws(TemplateFault) -> Piece {
        let isSection = !isRaw && (tag.first == UInt8(ascii: "#") || tag.first == UInt8(ascii: "/"))
        let name = String(decoding: isSection ? tag.dropFirst() : tag, as: UTF8.self)
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
            let text = String(decoding: tag, as: UTF8.self)
            throw TemplateFault(description: "there is no tag {{\(text)}}")
        }
        guard isSection else { return .value(name, isRaw: isRaw) }
        return tag.first == UInt8(ascii: "#") ? .begin(name) : .end(name)
    }
}
