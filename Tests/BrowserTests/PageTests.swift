import Foundation
import Support
import Testing

/// One browser at a time: they need much memory and many seconds.
@Suite(.serialized, .tags(.browser), .long) struct PageTests {
    private static let page = "a-000001/index.html"

    /// The bundle of a run with these requests, unpacked as `a-000001`.
    private static func bench(
        _ requests: String, settings: String = "", at time: String? = nil
    ) async throws -> Workbench {
        let bench = try await Workbench.withStation()
        try bench.write(
            try bench.read("station/station.yaml") + settings, to: "station/station.yaml")
        try bench.drop(requests, as: "a.json")
        let run =
            if let time {
                try await bench.coldmint(at: time, "run", "--accept-clock")
            } else {
                try await bench.coldmint("run")
            }
        guard run.status == 0 else { throw WorkbenchError(description: run.errors) }
        try await bench.unpack("a/a-000001.tar", into: ".")
        return bench
    }

    private static func date(inDays days: Double) -> String {
        Date(timeIntervalSinceNow: days * 86_400).formatted(.iso8601.year().month().day())
    }

    @Test(arguments: Browser.allCases)
    func `terms without an end, with grace and notice, and what took whose place are told`(
        browser: Browser
    ) async throws {
        let time = "\(Self.date(inDays: -20)) 12:00:00"
        let bench = try await Self.bench(
            """
            [{"name":"For ever","customer":"a","expiresAt":"never","payload":{"seats":5},
              "maintainedUntil":"2035-01-01"},
             {"name":"In grace","customer":"a","expiresAt":"\(Self.date(inDays: -1))",
              "graceDays":10,"payload":{}},
             {"name":"Warned","customer":"a","expiresAt":"\(Self.date(inDays: 60))",
              "noticeDays":90,"payload":{}}]
            """, settings: "allowPerpetual: true\n", at: time)
        let licenses = try await bench.coldmint("list", "--json").json().elements
        let id = try #require(licenses[0]["id"].string)
        try bench.drop(
            """
            {"name":"Larger","customer":"a","supersedes":"\(id)","expiresAt":"2040-01-01",
             "payload":{"seats":25,"plan":"<b>pro</b>"}}
            """, as: "b.json")
        #expect(try await bench.coldmint("run").status == 0)
        try await bench.unpack("a/a-000002.tar", into: ".")
        let seen = try await browser.look(at: Self.page, of: bench)
        #expect(seen["kind"].string == "good")
        let shown = seen["licenses"].elements
        #expect(shown[0]["state"].string == "Valid, has no end")
        #expect(shown[1]["state"].string == "Expired 2 days ago, works for 9 days more")
        #expect(shown[2]["state"].string == "Expires in 60 days")
        #expect(shown[0]["remarks"].canonical == #"["Covers versions up to 2035-01-01."]"#)
        #expect(shown[0]["end"].string == nil)
        #expect(shown[1]["remarks"][0].string?.hasPrefix("After its end it works until 20") == true)
        #expect(shown.map { $0["claims"].canonical } == [#"[["seats",["5"]]]"#, "[]", "[]"])

        let later = try await browser.look(at: "a-000002/index.html", of: bench)
        #expect(later["kind"].string == "good")
        #expect(
            later["licenses"][0]["remarks"].elements.map { $0.string } == [
                "Takes the place of the license \(id).", "end: never → 2040-01-01T00:00:00Z",
                "maintainedUntil: gone, was 2035-01-01T00:00:00Z", "seats: 5 → 25",
                #"plan: new, "<b>pro</b>""#,
            ])
    }

    @Test(arguments: Browser.allCases)
    func `every license of a good bundle is shown and verified`(browser: Browser) async throws {
        let bench = try await Self.bench(
            """
            [{"name":"Acme production","customer":"a","description":"Frankfurt",
              "payload":{"seats":25,"plan":"pro","modules":["analytics","reporting"],
                         "limits":{"nodes":3,"ratio":1.50},"hosts":[{"cpus":4}],"trial":false}},
             {"name":"Soon over","customer":"a","expiresAt":"\(Self.date(inDays: 10))","payload":{}},
             {"name":"Later","customer":"a","notBefore":"\(Self.date(inDays: 40))","payload":{},
              "expiresAt":"2090-01-01"}]
            """,
            settings: "vendorName: Example & Sons\nsupportContact: help@example.com\n")
        let seen = try await browser.look(at: Self.page, of: bench)
        #expect(seen["kind"].string == "good")
        #expect(seen["verdict"].string?.hasPrefix("The signatures of all 3 licenses") == true)
        let licenses = seen["licenses"].elements
        #expect(licenses.map { $0["name"].string } == ["Acme production", "Soon over", "Later"])
        #expect(licenses.map { $0["label"].string } == licenses.map { $0["name"].string })
        #expect(licenses.allSatisfy { $0["signature"].string == "Signature verified" })
        #expect(licenses[0]["about"].string == "Frankfurt")
        #expect(licenses[0]["state"].string?.hasPrefix("Valid, expires in 36") == true)
        #expect(licenses[1]["state"].string == "Expires in 10 days")
        #expect(licenses[2]["state"].string == "Not yet valid, begins in 40 days")
        #expect(
            licenses[0]["claims"].canonical
                == #"[["seats",["25"]],["plan",["pro"]],["modules",["analytics","reporting"]],"#
                + #"["limits.nodes",["3"]],["limits.ratio",["1.50"]],["hosts[0].cpus",["4"]],"#
                + #"["trial",["false"]]]"#)
        let token = try await bench.coldmint("token", "Acme production").output
        #expect(licenses[0]["token"].string == token.trimmingCharacters(in: .newlines))
        let body = seen["body"].string ?? ""
        #expect(body.contains("From Example & Sons."))
        #expect(body.contains("help@example.com"))
        let key = try await bench.coldmint("keys", "list", "--json").json()[0]
        let fingerprint = try #require(key["fingerprint"].string)
        #expect(body.contains(fingerprint))
    }

    @Test(arguments: Browser.allCases)
    func `a token that was altered is shown as not valid, and the others as they are`(
        browser: Browser
    ) async throws {
        let bench = try await Self.bench(
            #"[{"name":"Good","customer":"a","payload":{}},{"name":"Bad","customer":"a","payload":{}},"#
                + #"{"name":"Swapped","customer":"a","payload":{}}]"#)
        func token(_ name: String) async throws -> String {
            try await bench.coldmint("token", name).output.trimmingCharacters(in: .newlines)
        }
        let bad = try await token("Bad")
        let tail = bad.suffix(20)
        let altered = bad.dropLast(20) + (tail.hasPrefix("A") ? "B" : "A") + tail.dropFirst()
        let page = try bench.read(Self.page)
            .replacing(bad, with: altered)
            .replacing(try await token("Swapped"), with: try await token("Good"))
        try bench.write(page, to: Self.page)
        let seen = try await browser.look(at: Self.page, of: bench)
        #expect(seen["kind"].string == "bad")
        #expect(
            seen["verdict"].string?.hasPrefix("2 of 3 licenses shown here are not valid") == true)
        #expect(
            seen["licenses"].elements.map { $0["signature"].string } == [
                "Signature verified", "Not valid: the signature is wrong",
                "Not valid: it belongs to another license",
            ])
        #expect(seen["licenses"][1]["state"].isAbsent || seen["licenses"][1]["state"].string == nil)
    }

    @Test(arguments: Browser.allCases)
    func `whatever a license is called and holds appears as text`(browser: Browser) async throws {
        let names = [
            "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "مرحبا بالعالم", "🚀🧪",
            // Joined into one character each, `<` and `"` would pass a careless escaping.
            "\u{600}<script>alert(1)</script>", "\u{600}\"><img src=x onerror=alert(1)>",
            "</h2></article></main><!--", "{{token}} {{{style}}} &lt;b&gt;",
        ]
        let requests = try names.map { name in
            let quoted = String(decoding: try JSONEncoder().encode(name), as: UTF8.self)
            return #"{"name":\#(quoted),"customer":"a","description":\#(quoted),"#
                + #""payload":{\#(quoted):\#(quoted),"list":[\#(quoted)]}}"#
        }
        let settings = #"vendorName: "<b>\u0600<script>alert(1)</script>""# + "\n"
        let bench = try await Self.bench(
            "[\(requests.joined(separator: ","))]", settings: settings)
        let seen = try await browser.look(at: Self.page, of: bench)
        #expect(seen["kind"].string == "good")
        #expect(seen["licenses"].elements.map { $0["name"].string } == names)
        for (license, name) in zip(seen["licenses"].elements, names) {
            #expect(license["about"].string == name)
            #expect(license["claims"][0][0].string == name)
            #expect(license["claims"][0][1].strings == [name])
            #expect(license["claims"][1][1].strings == [name])
        }
        #expect(seen["scripts"].integer == 1)
        #expect(seen["handlers"].integer == 0)
        #expect(Set(seen["elements"].strings).isDisjoint(with: ["img", "b", "i", "a", "iframe"]))
        #expect(seen["prompts"].elements.isEmpty)
        #expect(seen["requests"].elements.isEmpty)
        #expect(seen["complaints"].elements.isEmpty)
    }

    @Test(arguments: Browser.allCases, Browser.Scheme.allCases)
    func `the page can be read by day and by night, on a telephone and on paper`(
        browser: Browser, scheme: Browser.Scheme
    ) async throws {
        let long = String(repeating: "unbroken", count: 20)
        let bench = try await Self.bench(
            #"[{"name":"\#(long)","customer":"a","payload":{"\#(long)":"\#(long)"}},"#
                + #"{"name":"Soon over","customer":"a","expiresAt":"\#(Self.date(inDays: 3))","#
                + #""payload":{}}]"#)
        let seen = try await browser.look(at: Self.page, of: bench, scheme)
        // As WCAG 2.2 asks for in criterion 1.4.3.
        let contrast = try #require(Double(seen["leastContrast"].description))
        #expect(contrast >= 4.5)
        let paper = try #require(seen["paper"].string)
        #expect((paper == "rgb(246, 248, 247)") == (scheme == .light))
        #expect(try #require(seen["telephoneOverflow"].integer) <= 0)
        #expect(seen["closedWhenPrinted"].integer == 0)
        #expect(seen["requests"].elements.isEmpty)
    }

    @Test func `a token can be copied with the keyboard alone`() async throws {
        let bench = try await Self.bench(#"{"name":"A","customer":"a","payload":{}}"#)
        let seen = try await Browser.chromium.look(at: Self.page, of: bench)
        #expect(seen["copied"].string == "Copied.")
    }

    @Test(arguments: Browser.allCases)
    func `a browser that cannot check signatures says so`(browser: Browser) async throws {
        let bench = try await Self.bench(#"{"name":"A","customer":"a","payload":{}}"#)
        // A page opened over plain HTTP, say, has no WebCrypto; here its script sees none.
        let script = try bench.read(Self.page)
            .replacing("\"use strict\";\n", with: "\"use strict\";\nconst crypto = {};\n")
        let digest = try await bench.run(
            "/usr/bin/python3",
            [
                "-c",
                """
                import base64, hashlib, re, sys
                page = sys.stdin.buffer.read()
                script = re.search(rb"<script>(.*?)</script>", page, re.S)[1]
                digest = base64.b64encode(hashlib.sha256(script).digest())
                policy = b"script-src 'sha256-" + digest + b"'"
                page = re.sub(rb"script-src 'sha256-[^']*'", lambda _: policy, page)
                sys.stdout.buffer.write(page)
                """,
            ], input: script)
        try bench.write(digest.output, to: Self.page)
        let seen = try await browser.look(at: Self.page, of: bench)
        #expect(seen["kind"].string == "soon")
        #expect(seen["verdict"].string?.hasPrefix("This browser cannot check") == true)
        #expect(seen["licenses"][0]["signature"].string == nil)
        #expect(seen["licenses"][0]["state"].string?.hasPrefix("Valid") == true)
    }

    @Test func `a script that the page does not know is not run`() async throws {
        let bench = try await Self.bench(#"{"name":"A","customer":"a","payload":{}}"#)
        let page = try bench.read(Self.page)
            .replacing("<main>", with: "<main><script>document.title='run'</script>")
        try bench.write(page, to: Self.page)
        let guarded = try await Browser.chromium.look(at: Self.page, of: bench)
        #expect(guarded["title"].string == "License keys for a")
        let unguarded = page.replacing("Content-Security-Policy", with: "x")
        try bench.write(unguarded, to: Self.page)
        let seen = try await Browser.chromium.look(at: Self.page, of: bench)
        #expect(seen["title"].string == "run")
    }

    @Test func `of more than a thousand licenses the first thousand are shown`() async throws {
        let requests = (1...1001).map { #"{"name":"L\#($0)","customer":"a","payload":{}}"# }
        let bench = try await Self.bench("[\(requests.joined(separator: ","))]")
        let seen = try await Browser.chromium.look(at: Self.page, of: bench)
        let licenses = seen["licenses"].elements
        #expect(licenses.count == 1000)
        #expect(licenses.last?["name"].string == "L1000")
        #expect(seen["verdict"].string?.hasPrefix("The signatures of all 1,000") == true)
        #expect(seen["notices"].strings.first?.contains("first 1000 of 1001") == true)
        #expect(try bench.read("a-000001/README.txt").contains("the first 100 of 1001"))
    }
}
