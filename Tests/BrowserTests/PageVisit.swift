import Foundation
import Support

/// What each browser sees of all pages, looked at once for all tests: a browser takes seconds to start,
/// and much memory.
struct PageVisit: Sendable {
    private let seen: [Browser: [String: JSONTree]]
    /// Tokens by the names of their licenses.
    let tokens: [String: String]
    /// The active one first, then the one before it, then the one that stands by.
    let keys: [(name: String, fingerprint: String)]

    static let shared = Task { try await PageVisit() }

    func page(_ name: String, _ browser: Browser = .chromium) throws -> JSONTree {
        guard let page = seen[browser]?[name] else {
            throw WorkbenchError(description: "nobody has looked at \(name)")
        }
        return page
    }

    private init() async throws {
        let pages = try await PageBench.make()
        let bench = pages.bench
        var seen: [Browser: [String: JSONTree]] = [:]
        for browser in Browser.allCases {
            let looks = Self.common + (browser == .chromium ? Self.chromium : [])
            let answers = try await browser.look(looks.map(\.look), at: bench)
            seen[browser] = Dictionary(
                zip(looks.map(\.name), answers), uniquingKeysWith: { first, _ in first })
        }
        self.seen = seen
        var tokens: [String: String] = [:]
        for name in ["Acme production", "Warned"] {
            tokens[name] = try await bench.coldmint("token", name).output
                .trimmingCharacters(in: .newlines)
        }
        self.tokens = tokens
        let listed = try await bench.coldmint("keys", "list", "--json").json().elements
        let bundled = try JSONTree(try bench.read("list-000003/jwks.json"))["keys"].elements
        keys = bundled.map { key in
            let record = listed.first { $0["kid"].string == key["kid"].string }
            return (key["kid"].string ?? "", record?["fingerprint"].string ?? "")
        }
    }

    private typealias NamedLook = (name: String, look: Look)

    private static let common: [NamedLook] = [
        ("good", Look("good-000002/index.html").with { $0.prints = true }),
        ("terms", Look("terms-000001/index.html")),
        ("successor", Look("terms-000002/index.html")),
        ("ended", Look("ended-000001/index.html")),
        ("hostile", Look("hostile-000002/index.html").with { $0.asks = [openAll, renewals] }),
        ("altered", Look("altered.html")),
        ("bad", Look("bad.html")),
        ("uncheckable", Look("uncheckable.html")),
        ("wide", Look("wide-000002/index.html")),
        ("wide by night", Look("wide-000002/index.html").with { $0.scheme = .dark }),
        (
            "list",
            Look("list-000003/index.html").with {
                $0.asks = listAsks
                $0.prints = true
            }
        ),
    ]

    private static let chromium: [NamedLook] = [
        (
            "copied",
            Look("good-000002/index.html").with {
                $0.copies = true
                $0.saves = "[data-do=save]"
                $0.axe = axe
            }
        ),
        (
            "saved row",
            Look("list-000003/index.html").with {
                $0.asks = [openAll]
                $0.saves = "[aria-label='Download: Warned']"
                $0.axe = axe
            }
        ),
        ("guarded", Look("guarded.html").with { $0.asks = [injected] }),
        ("unguarded", Look("unguarded.html").with { $0.asks = [injected] }),
        ("many", Look("many-000002/index.html").with { $0.asks = manyAsks }),
        ("many, again", Look("many-000002/index.html")),
        (
            "abroad",
            Look("good-000002/index.html").with {
                $0.languages = ["de-AT", "en"]
                $0.timeZone = "Asia/Tokyo"
                $0.asks = ["fr", "es", "ja", "en"].map(switched)
            }
        ),
        ("nowhere", Look("good-000002/index.html").with { $0.languages = ["tlh"] }),
    ]

    private static let axe: String = {
        let paths = FileManager.default.enumerator(
            atPath: "\(Workbench.repository)/.build-python/lib")
        while let path = paths?.nextObject() as? String {
            if path.hasSuffix("/axe_playwright_python/axe.min.js") {
                return "\(Workbench.repository)/.build-python/lib/\(path)"
            }
        }
        return "axe.min.js is missing: scripts/test installs it"
    }()

    private static let rows =
        "Array.from(document.querySelectorAll('.list > tbody > tr:not(.opened) .name'),"
        + " (name) => name.checkVisibility() ? name.textContent : '(' + name.textContent + ')')"
    private static let sorted =
        "Array.from(document.querySelectorAll('[aria-sort]'), (th) =>"
        + " th.textContent + ' ' + th.getAttribute('aria-sort'))"

    /// Opens every row, and gives what is in the cards then.
    private static let openAll = [
        "opened",
        "(document.querySelectorAll('[data-do=open]').forEach((button) => button.click()),"
            + " Array.from(document.querySelectorAll('article'), (card) => ({"
            + " name: card.querySelector('h2').textContent,"
            + " about: card.querySelector('.about').textContent,"
            + " claims: Array.from(card.querySelectorAll('.claims th, .claims td span'),"
            + " (cell) => cell.textContent) })))",
    ]
    private static let renewals = [
        "renewals",
        "Array.from(document.querySelectorAll('.renewal'), (link) => link.href)",
    ]
    private static let injected = ["injected", "window.isRun === true"]

    private static func search(_ text: String) -> String {
        "(() => { const field = document.getElementById('search'); field.value = '\(text)';"
            + " field.dispatchEvent(new Event('input')); return { rows: \(rows),"
            + " found: document.getElementById('found').textContent } })()"
    }

    private static let listAsks = [
        ["rows", rows],
        ["cards", "document.querySelectorAll('article').length"],
        [
            "opened",
            "(() => { const button = document.querySelector('[data-do=open]'); button.click();"
                + " const card = document.querySelector('article');"
                + " return [button.getAttribute('aria-expanded'), card.querySelector('h2').textContent,"
                + " card.querySelector('.claims').innerText.replace(/\\s+/g, ' ')] })()",
        ],
        ["by name", "(document.querySelector('[data-sort=name]').click(), \(rows))"],
        ["sorted by name", sorted],
        ["by name, backwards", "(document.querySelector('[data-sort=name]').click(), \(rows))"],
        ["sorted backwards", sorted],
        ["by end", "(document.querySelector('[data-sort=end]').click(), \(rows))"],
        ["sorted by end", sorted],
        ["search", search("ZÜR")],
        ["search nothing", search("")],
        [
            "expired",
            "(document.querySelector('#summary [data-phase=expired]').click(), { rows: \(rows),"
                + " pressed: document.querySelector('[data-phase=expired]').ariaPressed,"
                + " filter: document.getElementById('filter').value,"
                + " found: document.getElementById('found').textContent })",
        ],
        [
            "all",
            "(document.querySelector('#summary [data-phase=expired]').click(), \(rows))",
        ],
    ]

    private static let manyAsks = [
        ["search", search("L9999")], ["search nothing", "(\(search("")), 0)"],
        ["by name", "(document.querySelector('[data-sort=name]').click(), \(sorted))"],
    ]

    private static func switched(_ language: String) -> [String] {
        [
            language,
            "(() => { const select = document.getElementById('language');"
                + " select.value = '\(language)'; select.dispatchEvent(new Event('change'));"
                + " return { lang: document.documentElement.lang, title: document.title,"
                + " verdict: document.getElementById('verdict').textContent,"
                + " body: document.body.innerText } })()",
        ]
    }
}
