import PlainText

/// What c2sp.org/signed-note lets a key be called.
enum KeyName {
    static let maximumByteCount = 1024

    static func isAllowed(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= maximumByteCount
            && !name.unicodeScalars.contains {
                $0.isWhiteSpace || $0 == "+" || $0.value < 0x20
            }
    }
}
