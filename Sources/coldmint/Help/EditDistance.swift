/// How many letters must be put in, left out, replaced, or exchanged with the next one to make the
/// other word of it, no letter being touched twice (restricted Damerau-Levenshtein distance).
func editDistance(_ word: some StringProtocol, _ other: some StringProtocol) -> Int {
    let (word, other) = (Array(word), Array(other))
    // Row i has the distances of the first i letters of one word to each beginning of the other.
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for i in word.indices {
        var row = [i + 1]
        for j in other.indices {
            var distance = min(
                last[j + 1] + 1, row[j] + 1, last[j] + (word[i] == other[j] ? 0 : 1))
            if i > 0, j > 0, word[i] == other[j - 1], word[i - 1] == other[j] {
                distance = min(distance, beforeLast[j - 1] + 1)
            }
            row.append(distance)
        }
        beforeLast = last
        last = row
    }
    return last[other.count]
}
