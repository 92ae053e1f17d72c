extension String {
    /// The text with each character folded by Unicode's simple case folding, so that texts which
    /// differ only in case become the same. Compare the UTF-8 bytes: `==` takes canonically
    /// equivalent texts for equal.
    package var caseFolded: String {
        // For ASCII the loop over characters would do no more than this.
        if utf8.allSatisfy({ $0 < 0x80 }) {
            let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z"))
            return String(
                decoding: utf8.map { isUpper.contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        }
        var folded = String.UnicodeScalarView()
        folded.append(contentsOf: unicodeScalars.lazy.map(\.caseFolded))
        return String(folded)
    }
}

extension Unicode.Scalar {
    /// Simple case folding: the mappings of CaseFolding.txt with status C and S.
    ///
    /// Unicode derives them from the simple mappings to upper case and from there to lower case,
    /// with the exceptions below. A full mapping to several characters is no simple one.
    package var caseFolded: Unicode.Scalar {
        if isASCII {
            return ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(value) | 0x20) : self
        }
        if let exception = Self.foldingExceptions[self] { return exception }
        let upper = Self.single(properties.uppercaseMapping) ?? self
        return Self.isCherokee(upper)
            ? upper : Self.single(upper.properties.lowercaseMapping) ?? upper
    }

    /// Dotless i folds to itself, outside of Turkish. The others have no simple mapping to upper
    /// case, and fold to a character that has the same full one (since Unicode 15.1).
    private static let foldingExceptions: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{131}": "\u{131}", "\u{1fd3}": "\u{390}", "\u{1fe3}": "\u{3b0}", "\u{fb05}": "\u{fb06}",
    ]

    /// The capital letters of Cherokee, to which its small letters fold: the capitals came first,
    /// and folding is stable.
    private static func isCherokee(_ upper: Unicode.Scalar) -> Bool {
        (0x13a0...0x13f5).contains(upper.value)
    }

    private static func single(_ mapping: String) -> Unicode.Scalar? {
        let scalars = mapping.unicodeScalars
        return scalars.count == 1 ? scalars.first : nil
    }
}
