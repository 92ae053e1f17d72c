import Support
import Testing

/// What the page lets nobody do, and whom it serves.
@Suite(.serialized, .tags(.browser), .long) struct HarmlessPageTests {
    @Test(arguments: Browser.allCases)
    func `whatever a license is called and holds appears as text`(browser: Browser) async throws {
        let seen = try await PageVisit.shared.value.page("hostile", browser)
        #expect(seen["kind"].string == "good")
        let names = PageBench.hostileNames
        #expect(seen["rows"].elements.map { $0["name"].string } == names)
        let opened = seen["answers"]["opened"].elements
        #expect(opened.map { $0["name"].string } == names)
        for (license, name) in zip(opened, names) {
            #expect(license["about"].string == name)
            #expect(license["claims"].strings == [name, name, "list", name])
        }
        #expect(seen["body"].string?.contains(PageBench.vendor) == true)
        #expect(seen["scripts"].integer == 1)
        #expect(seen["handlers"].integer == 0)
        #expect(Set(seen["elements"].strings).isDisjoint(with: ["b", "i", "iframe"]))
    }

    @Test(arguments: Browser.allCases)
    func `no page asks for anything, runs a script of others or complains`(
        browser: Browser
    ) async throws {
        let visit = try await PageVisit.shared.value
        for name in ["good", "hostile", "list", "terms", "altered", "wide"] {
            let seen = try visit.page(name, browser)
            #expect(seen["requests"].elements.isEmpty, "\(name)")
            #expect(seen["prompts"].elements.isEmpty, "\(name)")
            #expect(seen["complaints"].elements.isEmpty, "\(name): \(seen["complaints"])")
        }
    }

    @Test(arguments: Browser.allCases)
    func `the vendor's picture is shown, and runs no script`(browser: Browser) async throws {
        let seen = try await PageVisit.shared.value.page("good", browser)
        #expect(seen["images"].elements.count == 1)
        #expect(seen["images"][0]["width"].integer == 40)
        #expect(seen["images"][0]["alt"].string == PageBench.vendor)
        #expect(seen["title"].string == "License keys for good")
        #expect(seen["requests"].elements.isEmpty)
    }

    @Test func `a script that the page does not know is not run`() async throws {
        let visit = try await PageVisit.shared.value
        #expect(try visit.page("guarded")["title"].string == "License keys for one")
        #expect(try visit.page("unguarded")["answers"]["injected"].bool == true)
        #expect(try visit.page("guarded")["answers"]["injected"].bool == false)
    }

    @Test(arguments: Browser.allCases, Browser.Scheme.allCases)
    func `the page can be read by day and by night, and on a telephone`(
        browser: Browser, scheme: Browser.Scheme
    ) async throws {
        let name = scheme == .dark ? "wide by night" : "wide"
        let visit = try await PageVisit.shared.value
        let seen = try visit.page(name, browser)
        // As WCAG 2.2 asks for in criterion 1.4.3.
        let contrast = try #require(Double(seen["leastContrast"].description))
        #expect(contrast >= 4.5)
        #expect((seen["paper"].string == "rgb(244, 246, 245)") == (scheme == .light))
        #expect(try #require(seen["telephoneOverflow"].integer) <= 0)
        let list = try visit.page("list", browser)
        #expect(try #require(list["telephoneOverflow"].integer) <= 0)
        #expect(try #require(Double(list["leastContrast"].description)) >= 4.5)
    }

    @Test func `axe finds nothing by day, by night, on a telephone or on paper`() async throws {
        let visit = try await PageVisit.shared.value
        for name in ["copied", "saved row"] {
            let seen = try visit.page(name)
            #expect(seen["violations"].strings == [])
            #expect(seen["axeVersion"].string == "4.11.0")
        }
    }

    @Test func `the page speaks the reader's language, and another where they choose it`()
        async throws
    {
        let visit = try await PageVisit.shared.value
        let german = try visit.page("abroad")
        #expect(german["language"].string == "de")
        #expect(german["title"].string == "Lizenzschlüssel für good")
        #expect(german["licenses"][1]["state"].string == "Endet in 10 Tagen")
        #expect(german["licenses"][0]["signature"].string == "Signatur geprüft")
        let titles = [
            "fr": "Clés de licence pour good", "es": "Claves de licencia para good",
            "ja": "good のライセンスキー", "en": "License keys for good",
        ]
        for (language, title) in titles {
            let answer = german["answers"][language]
            #expect(answer["lang"].string == language)
            #expect(answer["title"].string == title)
            let body = try #require(answer["body"].string)
            #expect(!body.contains("undefined") && !body.contains("{"), "\(body)")
        }
        #expect(try visit.page("nowhere")["language"].string == "en")
        // Where a browser asks for no language, Firefox for example, it is English too.
        #expect(try visit.page("good", .firefox)["language"].string == "en")
    }
}
