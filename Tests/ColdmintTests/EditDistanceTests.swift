import Testing

@testable import coldmint

@Suite struct EditDistanceTests {
    @Test(arguments: [
        ("run", "run", 0), ("", "", 0), ("", "run", 3), ("run", "", 3),
        ("rnu", "run", 1), ("rn", "run", 1), ("runn", "run", 1), ("ran", "run", 1),
        ("stauts", "status", 1), ("lsit", "list", 1), ("sitting", "kitten", 3),
        // No letter is touched twice: 'ca' to 'abc' would be 2 otherwise.
        ("ca", "abc", 3), ("badc", "abcd", 2),
    ])
    func `the distance is the least number of changes, a swap of neighbours being one`(
        word: String, other: String, distance: Int
    ) {
        #expect(editDistance(word, other) == distance)
        #expect(editDistance(other, word) == distance)
    }
}
