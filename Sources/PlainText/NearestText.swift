/// What a mistyped text was probably meant to be; `nil` where none is near. Capitals and spaces do not
/// count, and a slip for every three characters is let pass, one at least.
package func nearestText(to text: String, among texts: some Sequence<String>) -> String? {
    // A longer text is not compared, since that takes quadratic time.
    let longest = 64
    guard text.utf8.count <= longest else { return nil }
    let wanted = plain(text)
    return texts.lazy.filter { $0.utf8.count <= longest }
        .map { (text: $0, distance: editDistance(wanted, plain($0))) }
        .filter { $0.distance <= max(1, $0.text.unicodeScalars.count / 3) }
        .min { $0.distance < $1.distance }?.text
}

private func plain(_ text: String) -> String {
    text.lowercased().filter { !$0.isWhitespace }
}
