import Foundation
import Support

/// A browser without a window, driven by browse.py.
enum Browser: String, Sendable, CaseIterable {
    case chromium
    case firefox

    enum Scheme: String, Sendable, CaseIterable, Encodable {
        case light
        case dark
    }

    /// What is to be seen on pages of the bench, one after the other.
    func look(_ looks: [Look], at bench: Workbench) async throws -> [JSONTree] {
        try bench.write(Array(try JSONEncoder().encode(looks)), to: "looks.json")
        let script = "\(Workbench.repository)/Tests/BrowserTests/browse.py"
        let answer = try await bench.shell("/usr/bin/python3 '\(script)' \(rawValue) <looks.json")
        guard answer.status == 0 else { throw WorkbenchError(description: answer.errors) }
        return try answer.json().elements
    }
}

/// One look at a page; browse.py says what its parts are.
struct Look: Sendable, Encodable {
    let page: String
    var scheme: Browser.Scheme = .light
    var languages: [String]?
    var timeZone: String?
    var asks: [[String]] = []
    var copies = false
    var saves: String?
    var prints = false
    var axe: String?

    init(_ page: String) {
        self.page = page
    }

    func with(_ change: (inout Look) -> Void) -> Look {
        var look = self
        change(&look)
        return look
    }
}
