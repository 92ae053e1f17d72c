import Support
import Testing

/// The table of more licenses than there is room for cards.
@Suite(.serialized, .tags(.browser), .long) struct ListTests {
    private static func answers(_ browser: Browser) async throws -> JSONTree {
        try await PageVisit.shared.value.page("list", browser)["answers"]
    }

    @Test(arguments: Browser.allCases)
    func `more than three licenses are a table, with what has ended folded at its end`(
        browser: Browser
    ) async throws {
        let seen = try await PageVisit.shared.value.page("list", browser)
        let rows = seen["rows"].elements
        #expect(rows.count == 7)
        #expect(rows.last?["name"].string == "Over")
        #expect(rows.map { $0["isFolded"].bool } == rows.map { $0["name"].string == "Over" })
        #expect(
            seen["summary"].elements.map { $0["text"].string } == [
                "3 valid", "1 ends in 60 days", "1 ended, still works", "1 not begun", "1 expired",
            ])
        #expect(seen["answers"]["cards"].integer == 0)
    }

    @Test(arguments: Browser.allCases)
    func `a row opens to all that there is to know`(browser: Browser) async throws {
        let opened = try await Self.answers(browser)["opened"]
        #expect(opened[0].string == "true")
        #expect(opened[1].string == "For ever")
        #expect(opened[2].string == "What it covers seats 5")
    }

    @Test(arguments: Browser.allCases)
    func `rows are sorted by what is clicked at, both ways`(browser: Browser) async throws {
        let answers = try await Self.answers(browser)
        let byName = ["After", "For ever", "In grace", "Later", "Warned", "Zürich"]
        #expect(answers["by name"].strings == byName + ["(Over)"])
        #expect(answers["sorted by name"].strings == ["Name ascending"])
        #expect(answers["by name, backwards"].strings == byName.reversed() + ["(Over)"])
        #expect(answers["sorted backwards"].strings == ["Name descending"])
        #expect(answers["by end"].strings.first == "In grace")
        #expect(answers["by end"].strings.dropLast().last == "For ever")
        #expect(answers["sorted by end"].strings == ["Last day (UTC) ascending"])
    }

    @Test(arguments: Browser.allCases)
    func `rows are found by name and by state`(browser: Browser) async throws {
        let answers = try await Self.answers(browser)
        #expect(answers["search"]["rows"].strings == ["Zürich"])
        #expect(answers["search"]["found"].string == "1 of 7 shown")
        #expect(answers["expired"]["rows"].strings == ["Over"])
        #expect(answers["expired"]["pressed"].string == "true")
        #expect(answers["expired"]["filter"].string == "expired")
        #expect(answers["all"].strings.count == 7)
        #expect(answers["all"].strings.last == "(Over)")
    }

    @Test func `ten thousand licenses are all there to read`() async throws {
        let seen = try await PageVisit.shared.value.page("many")
        #expect(seen["rows"].elements.count == PageBench.count)
        #expect(seen["rows"].elements.allSatisfy { $0["color"].string == "good" })
        #expect(
            seen["verdict"].string?.hasPrefix("The signatures of all 10,000 licenses") == true)
        // How fast is not asserted: the machine may be at work on other tests.
        let again = try await PageVisit.shared.value.page("many, again")
        let seconds = [seen, again].compactMap { Double($0["readableAfter"].description) }
        print("page: 10,000 licenses are readable after \(try #require(seconds.min())) s")
        #expect(seen["answers"]["search"]["rows"].strings == ["L9999"])
        #expect(seen["answers"]["by name"].strings == ["Name ascending"])
    }

    @Test func `on paper each license has a line, and no token is there`() async throws {
        let visit = try await PageVisit.shared.value
        for (name, license) in [("list", "Warned"), ("good", "Acme production")] {
            let seen = try visit.page(name)
            #expect(seen["paperPages"].integer == 1)
            #expect(seen["openedByPrinting"].integer == 0)
            let text = try #require(seen["printedText"].string)
            #expect(text.contains(license))
            #expect(!text.contains(try #require(visit.tokens[license])))
            #expect(!text.contains("kubectl"))
            #expect(text.contains(visit.keys[1].fingerprint))
        }
        let firefox = try visit.page("list", .firefox)
        #expect(try #require(firefox["paperPages"].integer) <= 2)
        #expect(firefox["openedByPrinting"].integer == 0)
    }
}
