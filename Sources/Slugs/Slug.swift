import Foundation

/// The nearest text of lower-case ASCII letters, digits and single hyphens, with no hyphen at
/// either end: `Müller & Söhne` becomes `muller-sohne`. Empty where nothing can be kept.
package func slug(of text: String, limit: Int) -> String {
    // Foundation's folding is slow. For ASCII the loop below does all that it would do.
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    let folded = isASCII ? text : foldedToPlainLetters(text)
    let hyphen = UInt8(ascii: "-")
    var slug: [UInt8] = []
    for byte in folded.utf8 where slug.count < limit {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            slug.append(byte)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): slug.append(byte | 0x20)
        default: if let last = slug.last, last != hyphen { slug.append(hyphen) }
        }
    }
    if slug.last == hyphen { slug.removeLast() }
    return String(decoding: slug, as: UTF8.self)
}

private func foldedToPlainLetters(_ text: String) -> String {
    text.folding(
        options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil
    ).lowercased()
}
