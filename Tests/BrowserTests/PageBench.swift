import Foundation
import Support

/// The bundles of one station, each of which shows the page in another light.
struct PageBench {
    let bench: Workbench

    static let hostileNames = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "مرحبا بالعالم", "🚀🧪",
        // Joined into one character each, `<` and `"` would pass a careless escaping.
        "\u{600}<script>alert(1)</script>", "\u{600}\"><img src=x onerror=alert(1)>",
        "</h2></article></main><!--", "{{token}} {{{style}}} &lt;b&gt;",
    ]
    static let vendor = "<b>\u{600}<script>alert(1)</script>"
    static let contact =
        "help+licenses@example.com, +49 30 123-4567, https://help.example.com/?a=1, "
        + "javascript:alert(1), http://example.com"
    static let count = 10_000

    private static let settings = #"""
        issuer: https://licenses.example.com
        allowPerpetual: true
        vendorName: "<b>\u0600<script>alert(1)</script>"
        supportContact: "\#(contact)"
        vendorLogo: logo.svg

        """#

    /// A picture that tries all that a picture can.
    private static let logo = """
        <?xml version="1.0"?>
        <!-- A logo -->
        <svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" onload="document.title='run'">
        <script>document.title = 'run'; parent.document.title = 'run'; alert(1)</script>
        <image href="http://127.0.0.1:9/picture.png" width="10" height="10"/>
        <rect width="40" height="20" fill="green"/>
        </svg>
        """

    static func date(inDays days: Double) -> String {
        Date(timeIntervalSinceNow: days * 86_400).formatted(.iso8601.year().month().day())
    }

    static func make() async throws -> PageBench {
        let made = PageBench(bench: try await Workbench.withStation())
        try made.bench.write(settings, to: "station/station.yaml")
        try made.bench.write(logo, to: "station/logo.svg")
        try await made.issueEarlier()
        try await made.issueNow()
        try await made.issueAfterRotation()
        try await made.unpack()
        try await made.alter()
        return made
    }

    private func check(_ answer: Workbench.Answer) throws {
        guard answer.status == 0 else { throw WorkbenchError(description: answer.errors) }
    }

    /// Twenty days ago: today one of each has ended.
    private func issueEarlier() async throws {
        let phases = { (customer: String, names: [String], more: String) in
            """
            [{"name":"\(names[0])","customer":"\(customer)","expiresAt":"never","payload":{"seats":5},
              "maintainedUntil":"2035-01-01"},
             {"name":"\(names[1])","customer":"\(customer)","expiresAt":"\(Self.date(inDays: -1))",
              "graceDays":10,"payload":{}},
             {"name":"\(names[2])","customer":"\(customer)","expiresAt":"\(Self.date(inDays: 60))",
              "noticeDays":90,"payload":{}}\(more)]
            """
        }
        let more = """
            , {"name":"Over","customer":"list","expiresAt":"\(Self.date(inDays: -3))","payload":{}},
              {"name":"Zürich","customer":"list","expiresAt":"2090-01-01","payload":{"plan":"pro"}},
              {"name":"Later","customer":"list","notBefore":"\(Self.date(inDays: 40))","payload":{},
               "expiresAt":"2090-06-01"}
            """
        try bench.drop(phases("terms", ["Endless", "Graceful", "Reminded"], ""), as: "terms.json")
        try bench.drop(phases("list", ["For ever", "In grace", "Warned"], more), as: "list.json")
        try bench.drop(
            #"{"name":"Ended","customer":"ended","payload":{},"#
                + #""expiresAt":"\#(Self.date(inDays: -2))"}"#, as: "ended.json")
        let time = "\(Self.date(inDays: -20)) 12:00:00"
        try check(await bench.coldmint(at: time, "run", "--accept-clock"))
    }

    private func issueNow() async throws {
        try bench.drop(
            """
            [{"name":"Acme production","customer":"good","description":"Frankfurt",
              "payload":{"seats":25,"plan":"pro","modules":["analytics","reporting"],
                         "limits":{"nodes":3,"ratio":1.50},"hosts":[{"cpus":4}],"trial":false}},
             {"name":"Soon over","customer":"good","expiresAt":"\(Self.date(inDays: 10))","payload":{}},
             {"name":"Next","customer":"good","notBefore":"\(Self.date(inDays: 40))","payload":{},
              "expiresAt":"2090-01-01T15:00:00Z"}]
            """, as: "good.json")
        let hostile = try Self.hostileNames.map { name in
            let quoted = String(decoding: try JSONEncoder().encode(name), as: UTF8.self)
            return #"{"name":\#(quoted),"customer":"hostile","description":\#(quoted),"#
                + #""payload":{\#(quoted):\#(quoted),"list":[\#(quoted)]}}"#
        }
        try bench.drop("[\(hostile.joined(separator: ","))]", as: "hostile.json")
        func simple(_ names: [String], _ customer: String) -> String {
            let requests = names.map {
                #"{"name":"\#($0)","customer":"\#(customer)","payload":{}}"#
            }
            return "[\(requests.joined(separator: ","))]"
        }
        try bench.drop(simple(["Good", "Bad", "Swapped"], "altered"), as: "altered.json")
        try bench.drop(simple(["One"], "one"), as: "one.json")
        let wide = String(repeating: "unbroken", count: 20)
        let long = String(repeating: "x", count: 100_000)
        try bench.drop(
            #"[{"name":"\#(wide)","customer":"wide","payload":{"\#(wide)":"\#(wide)"}},"#
                + #"{"name":"Long","customer":"wide","payload":{"long":"\#(long)"}}]"#,
            as: "wide.json")
        try bench.drop(simple((1...Self.count).map { "L\($0)" }, "many"), as: "many.json")
        try bench.drop(
            """
            {"name":"Larger","customer":"terms","supersedes":"\(try await id(of: "Endless"))",
             "expiresAt":"2040-01-01","payload":{"seats":25,"plan":"<b>pro</b>"}}
            """, as: "larger.json")
        try check(await bench.coldmint("run"))
    }

    private func id(of name: String) async throws -> String {
        let answer = try await bench.coldmint("list", "--customer", "terms", "--json")
        return try answer.json().elements.first { $0["name"].string == name }?["id"].string ?? ""
    }

    /// The key before has signed most of what the list holds, and a third one stands by.
    private func issueAfterRotation() async throws {
        let generated = try await bench.coldmint("keys", "generate")
        try check(generated)
        try check(await bench.coldmint("keys", "activate", String(generated.output.dropLast())))
        try check(await bench.coldmint("keys", "generate"))
        try bench.drop(
            #"[{"name":"After","customer":"list","payload":{}},{"action":"deliver","customer":"list"}]"#,
            as: "after.json")
        try check(await bench.coldmint("run"))
    }

    private func unpack() async throws {
        try check(
            await bench.shell("for tar in outbox/*/*.tar; do tar -xf $tar || exit; done"))
    }

    private func token(_ name: String) async throws -> String {
        try await bench.coldmint("token", name).output.trimmingCharacters(in: .newlines)
    }

    private func change(
        _ page: String, to other: String, _ change: (String) throws -> String
    ) throws {
        try bench.write(try change(try bench.read(page)), to: other)
    }

    /// Pages that somebody has tampered with, and one for a browser without WebCrypto.
    private func alter() async throws {
        let (good, bad) = (try await token("Good"), try await token("Bad"))
        let swapped = try await token("Swapped")
        let tail = bad.suffix(20)
        let altered = bad.dropLast(20) + (tail.hasPrefix("A") ? "B" : "A") + tail.dropFirst()
        try change("altered-000002/index.html", to: "altered.html") {
            $0.replacing(bad, with: altered).replacing(swapped, with: good)
        }
        let one = try await token("One")
        try change("one-000002/index.html", to: "bad.html") {
            $0.replacing(one, with: one.dropLast(4) + "AAAA")
        }
        let injected = "<main><script>isRun = true</script>"
        try change("one-000002/index.html", to: "guarded.html") {
            $0.replacing("<main>", with: injected)
        }
        try change("guarded.html", to: "unguarded.html") {
            $0.replacing("Content-Security-Policy", with: "x")
        }
        let answer = try await bench.run(
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
            ],
            // A page opened over plain HTTP, say, has no WebCrypto; here its script sees none.
            input: try bench.read("one-000002/index.html")
                .replacing("\"use strict\";\n", with: "\"use strict\";\nconst crypto = {};\n"))
        try check(answer)
        try bench.write(answer.output, to: "uncheckable.html")
    }
}
