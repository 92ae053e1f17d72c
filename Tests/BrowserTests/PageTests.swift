import Support
import Testing

/// What the customer's page says, on cards.
@Suite(.serialized, .tags(.browser), .long) struct PageTests {
    private static func page(
        _ name: String, _ browser: Browser = .chromium
    ) async throws -> JSONTree {
        try await PageVisit.shared.value.page(name, browser)
    }

    @Test(arguments: Browser.allCases)
    func `every license of a good bundle is shown and verified`(browser: Browser) async throws {
        let seen = try await Self.page("good", browser)
        #expect(seen["kind"].string == "good")
        #expect(
            seen["verdict"].string
                == "The signatures of all 3 licenses on this page are verified, "
                + "against the keys named below.")
        let licenses = seen["licenses"].elements
        #expect(licenses.map { $0["name"].string } == ["Acme production", "Soon over", "Next"])
        #expect(licenses.map { $0["label"].string } == licenses.map { $0["name"].string })
        #expect(licenses.allSatisfy { $0["signature"].string == "Signature verified" })
        #expect(licenses[0]["about"].string == "Frankfurt")
        #expect(licenses[0]["state"].string?.hasPrefix("Valid, ends in 36") == true)
        #expect(licenses[1]["state"].string == "Ends in 10 days")
        #expect(licenses[2]["state"].string == "Not begun, begins in 40 days")
        #expect(licenses.map { $0["color"].string } == ["good", "soon", "later"])
        #expect(
            licenses[0]["claims"].canonical
                == #"[["seats",["25"]],["plan",["pro"]],["modules",["analytics","reporting"]],"#
                + #"["limits.nodes",["3"]],["limits.ratio",["1.50"]],["hosts[0].cpus",["4"]],"#
                + #"["trial",["false"]]]"#)
        #expect(
            licenses[0]["token"].string
                == (try await PageVisit.shared.value.tokens["Acme production"]))
    }

    @Test(arguments: Browser.allCases)
    func `how many licenses are in which state comes first`(browser: Browser) async throws {
        let summary = try await Self.page("good", browser)["summary"].elements
        #expect(
            summary.map { $0["text"].string } == ["1 valid", "1 ends in 10 days", "1 not begun"])
        #expect(summary.map { $0["color"].string } == ["good", "soon", "later"])
    }

    @Test(arguments: Browser.allCases)
    func `terms without an end, with grace and notice, and what took whose place are told`(
        browser: Browser
    ) async throws {
        let seen = try await Self.page("terms", browser)
        let shown = seen["licenses"].elements
        #expect(shown[0]["state"].string == "Valid, has no end")
        #expect(shown[1]["state"].string == "Ended 2 days ago, works for 9 days more")
        #expect(shown[2]["state"].string == "Ends in 60 days")
        #expect(shown[0]["term"]["Last day"].strings == ["no end"])
        #expect(
            shown[0]["term"]["Covers versions up to"][0].string == "December 31, 2034, 24:00 UTC")
        #expect(shown[1]["term"]["Still works, to be renewed, until"].strings.first != nil)
        #expect(shown.map { $0["claims"].canonical } == [#"[["seats",["5"]]]"#, "[]", "[]"])

        let later = try await Self.page("successor", browser)
        #expect(later["kind"].string == "good")
        #expect(
            later["licenses"][0]["term"]["Takes the place of"].strings.dropFirst() == [
                "end: never → 2040-01-01T00:00:00Z",
                "maintainedUntil: gone, was 2035-01-01T00:00:00Z", "seats: 5 → 25",
                #"plan: new, "<b>pro</b>""#,
            ])
    }

    @Test func `what has not begun is not to be installed, and what has ended has no bar`()
        async throws
    {
        let licenses = try await Self.page("good")["licenses"].elements
        #expect(licenses[0]["wait"].string == nil)
        let wait = try #require(licenses[2]["wait"].string)
        #expect(wait.hasPrefix("Do not install this license before "))
        #expect(wait.hasSuffix("; keep the present one until then."))
        #expect(licenses[1]["bar"].string != nil)
        let terms = try await Self.page("terms")["licenses"].elements
        #expect(terms.map { $0["bar"].string != nil } == [false, false, true])
        let ended = try await Self.page("ended")
        #expect(ended["licenses"][0]["bar"].string == nil)
        #expect(ended["licenses"][0]["state"].string == "Expired 3 days ago")
        #expect(ended["licenses"][0]["color"].string == "over")
    }

    @Test func `the last day is told in words, in UTC and by the reader's clock`() async throws {
        let here = try await Self.page("good")["licenses"][2]["term"]
        #expect(here["Last day"].strings == ["January 1, 2090, 15:00 UTC"])
        let abroad = try await Self.page("abroad")["licenses"][2]["term"]
        #expect(
            abroad["Letzter Tag"].strings == [
                "1. Jänner 2090, 15:00 UTC", "1. Jänner 2090, 24:00 GMT+9, bei Ihnen",
            ])
    }

    @Test func `a token is copied with the keyboard alone, and saved as license.jwt`() async throws
    {
        let visit = try await PageVisit.shared.value
        let seen = try visit.page("copied")
        #expect(seen["copied"].string == "The token of Acme production is on the clipboard.")
        #expect(seen["saved"]["name"].string == "license.jwt")
        #expect(seen["saved"]["text"].string == visit.tokens["Acme production"])
        let row = try visit.page("saved row")
        #expect(row["saved"]["text"].string == visit.tokens["Warned"])
        #expect(row["said"].string == "The token of Warned is saved as license.jwt.")
    }

    @Test(arguments: Browser.allCases)
    func `a way to the vendor is a link where it is one, and asks for a renewal`(
        browser: Browser
    ) async throws {
        let seen = try await Self.page("good", browser)
        #expect(
            seen["contacts"].strings == [
                "mailto:help%2Blicenses@example.com", "tel:+49301234567",
                "https://help.example.com/?a=1",
            ])
        #expect(seen["body"].string?.contains(PageBench.contact) == true)
        let renewal = try #require(seen["licenses"][0]["renewal"].string)
        #expect(renewal.hasPrefix("mailto:help%2Blicenses@example.com?subject=Renewal%20of%20the"))
        #expect(renewal.contains("&body=Please%20renew%20this%20license%20for%20us%3A%0D%0A"))
        #expect(renewal.contains("%0D%0AName%3A%20Acme%20production%0D%0AId%3A%20"))
        let hostile = try await Self.page("hostile", browser)["answers"]["renewals"].strings
        #expect(hostile.count == PageBench.hostileNames.count)
        #expect(hostile.allSatisfy { $0.hasPrefix("mailto:") && !$0.contains("<") })
    }

    @Test(arguments: Browser.allCases)
    func `a token that was altered is shown as not valid, and the others as they are`(
        browser: Browser
    ) async throws {
        let seen = try await Self.page("altered", browser)
        #expect(seen["kind"].string == "bad")
        #expect(
            seen["verdict"].string
                == "2 of 3 licenses are not valid. Do not use them, and tell your vendor.")
        #expect(
            seen["licenses"].elements.map { $0["signature"].string } == [
                "Signature verified", "Not valid: the signature is wrong",
                "Not valid: it belongs to another license",
            ])
        #expect(seen["licenses"][1]["state"].string == nil)
        #expect(seen["summary"].elements.map { $0["text"].string } == ["2 not valid", "1 valid"])
        let one = try await Self.page("bad", browser)
        #expect(
            one["verdict"].string
                == "1 of 1 license is not valid. Do not use it, and tell your vendor.")
    }

    @Test(arguments: Browser.allCases)
    func `what was not checked is not called valid in green`(browser: Browser) async throws {
        let seen = try await Self.page("uncheckable", browser)
        #expect(seen["kind"].string == "soon")
        #expect(seen["verdict"].string?.hasPrefix("This browser cannot check") == true)
        #expect(seen["licenses"][0]["signature"].string == "Not checked")
        #expect(seen["licenses"][0]["state"].string?.hasPrefix("Valid") == true)
        #expect(seen["licenses"][0]["color"].string == nil)
        #expect(seen["summary"][0]["color"].string == nil)
        let long = try await Self.page("wide", browser)
        #expect(
            long["verdict"].string
                == "1 of 2 checked: their signatures are verified, against the keys named below. "
                + "1 token is too long to be checked here; README.txt says how to check it.")
        #expect(long["licenses"].elements.map { $0["color"].string } == ["good", nil])
        #expect(long["licenses"][1]["signature"].string == "Not checked")
    }

    @Test(arguments: Browser.allCases)
    func `every key is named with its fingerprints and what it has signed`(
        browser: Browser
    ) async throws {
        let visit = try await PageVisit.shared.value
        let keys = try visit.page("list", browser)["keys"].elements
        #expect(keys.map { $0["name"].string } == visit.keys.map(\.name))
        #expect(keys.map { $0["fingerprints"][0].string } == visit.keys.map(\.fingerprint))
        #expect(
            keys.map { $0["use"].string } == [
                "Signs now · Signed 1 of these licenses", "Signed 6 of these licenses",
                "Stands by to sign later",
            ])
        #expect(keys.allSatisfy { $0["groups"].integer == 12 })
        #expect(try visit.page("list", browser)["brokenGroups"].integer == 0)
        #expect(keys.allSatisfy { $0["fingerprints"][1].string?.count == 12 * 6 - 1 })
    }
}
