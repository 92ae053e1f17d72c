import PlainText

/// The first field of a line: who the key's owner is, and by which other names ssh-keygen may ask.
struct SignerNames {
    typealias Reason = AllowedSignersError.Reason

    /// ssh-keygen passes over a list with a longer one than 1022.
    static let maximumByteCount = 255

    let person: String
    let others: [String]

    init(_ field: [UInt8]) throws(Reason) {
        if SSHKeyTypeNames.contain(field) {
            throw .noPerson(keyType: String(decoding: field, as: UTF8.self))
        }
        var names: [String] = []
        for part in field.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            names.append(try Self.name(String(decoding: part, as: UTF8.self)))
        }
        guard let person = names.first else { throw .emptyName }
        self.person = person
        others = Array(names.dropFirst())
    }

    private static func name(_ text: String) throws(Reason) -> String {
        guard !text.isEmpty else { throw .emptyName }
        // By bytes, as ssh looks for them: a mark that is set above one hides it from characters.
        guard !text.utf8.contains(UInt8(ascii: "\"")) else { throw .quoteInName }
        guard !text.utf8.contains(where: { "*?!".utf8.contains($0) }) else {
            throw .patternInName(text)
        }
        guard text.utf8.count <= maximumByteCount else {
            throw .longName(limit: maximumByteCount)
        }
        let hidden = text.unicodeScalars.first {
            $0.isWhiteSpace || $0.properties.generalCategory == .format
                || $0.properties.isDefaultIgnorableCodePoint
        }
        if let hidden { throw .hiddenInName(hidden.codePoint) }
        return text
    }
}
