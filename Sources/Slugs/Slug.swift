import Foundation

/// The nearest text of lower-case ASCII letters, digits and single hyphens, with no hyphen at
/// either end: `Müller & Söhne` becomes `muller-sohne`. Empty where nothing can be kept.
package func slug(of text: String, limit: Int) -> String {
    let folded = text.folding(
        options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil)
    var slug = ""
    for scalar in folded.lowercased().unicodeScalars {
        if isKept(scalar) {
            slug.unicodeScalars.append(scalar)
        } else if !slug.isEmpty && !slug.hasSuffix("-") {
            slug.append("-")
        }
    }
    slug = String(slug.prefix(max(0, limit)))
    while slug.hasSuffix("-") { slug.removeLast() }
    return slug
}

private func isKept(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
}
