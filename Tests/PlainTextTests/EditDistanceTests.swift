import PlainText
import Testing

struct EditDistanceTests {
    @Test(arguments: [
        ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("custmer", "customer", 1),
        ("cusotmer", "customer", 1), ("customers", "customer", 1), ("kustomer", "customer", 1),
        ("kitten", "sitting", 3), ("ab", "ba", 1), ("ca", "abc", 3), ("é", "e", 1),
    ])
    func `the distance is the least number of slips of the pen`(
        first: String, second: String, distance: Int
    ) {
        #expect(editDistance(first, second) == distance)
        #expect(editDistance(second, first) == distance)
    }
}
