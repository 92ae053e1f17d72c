import CalendarTime

/// The options of a line: `namespaces="…",valid-after="…",valid-before="…"`.
struct SignerOptions {
    typealias Reason = AllowedSignersError.Reason

    private(set) var namespaces: String?
    private(set) var validAfter: Timestamp?
    private(set) var validBefore: Timestamp?

    init() {}

    init(_ field: [UInt8]) throws(Reason) {
        var rest = field[...]
        repeat {
            let name = try Self.name(from: &rest)
            try set(name, to: try Self.value(of: name, from: &rest))
        } while try Self.isAnother(after: &rest)
        if let validAfter, let validBefore, validBefore <= validAfter { throw .validForNoTime }
    }

    private enum Name: String, CaseIterable {
        case namespaces
        case validAfter = "valid-after"
        case validBefore = "valid-before"
    }

    /// Upper and lower case are the same in it, as for ssh.
    private static func name(from rest: inout ArraySlice<UInt8>) throws(Reason) -> Name {
        let end: Set = [UInt8(ascii: "="), UInt8(ascii: ",")]
        let bytes = rest.prefix { !end.contains($0) }
        rest = rest.dropFirst(bytes.count)
        let text = String(decoding: bytes, as: UTF8.self)
        guard !text.isEmpty else { throw .emptyOption }
        switch asciiLowercased(text) {
        case "cert-authority": throw .certificateAuthority
        case let known:
            guard let name = Name(rawValue: known) else { throw .unknownOption(text) }
            return name
        }
    }

    private static func asciiLowercased(_ text: String) -> String {
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        return String(
            decoding: text.utf8.map { capitals.contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// Within the quotes `\"` is a quotation mark, and a backslash is nothing else.
    private static func value(
        of name: Name, from rest: inout ArraySlice<UInt8>
    ) throws(Reason) -> String {
        let quote = UInt8(ascii: "\"")
        guard rest.popFirst() == UInt8(ascii: "="), rest.popFirst() == quote else {
            throw .optionWithoutValue(name.rawValue)
        }
        var value: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == quote { return String(decoding: value, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), rest.first == quote {
                _ = rest.popFirst()
                value.append(quote)
            } else {
                value.append(byte)
            }
        }
        throw .openQuote
    }

    private mutating func set(_ name: Name, to value: String) throws(Reason) {
        switch name {
        case .namespaces:
            guard namespaces == nil else { throw .repeatedOption(name.rawValue) }
            try NamespacePatterns(value).check()
            namespaces = value
        case .validAfter:
            guard validAfter == nil else { throw .repeatedOption(name.rawValue) }
            validAfter = try Self.time(value, of: name)
        case .validBefore:
            guard validBefore == nil else { throw .repeatedOption(name.rawValue) }
            validBefore = try Self.time(value, of: name)
        }
    }

    /// `YYYYMMDDZ`, `YYYYMMDDHHMMZ` or `YYYYMMDDHHMMSSZ`. Without the Z ssh-keygen takes it for the
    /// local time of the machine that it runs on. For ssh the first second of 1970 is none.
    private static func time(_ text: String, of name: Name) throws(Reason) -> Timestamp {
        let digits = text.utf8.dropLast()
        let padded = Array(digits) + Array(repeating: UInt8(ascii: "0"), count: 6)
        let written = [padded.prefix(8), padded.dropFirst(8).prefix(6)]
            .map { String(decoding: $0, as: UTF8.self) }
        guard text.utf8.last == UInt8(ascii: "Z"), [8, 12, 14].contains(digits.count),
            let time = Timestamp(basicFormat: "\(written[0])T\(written[1])Z"),
            time.secondsSinceEpoch > 0
        else { throw .noSuchTime(option: name.rawValue, text) }
        return time
    }

    private static func isAnother(after rest: inout ArraySlice<UInt8>) throws(Reason) -> Bool {
        guard let next = rest.popFirst() else { return false }
        guard next == UInt8(ascii: ",") else { throw .textAfterOption }
        return true
    }
}
