import Foundation

/// Runs all vectors through License.swift: prints name, state and id of each line of cases.tsv. Takes
/// the place of main.swift.
@main enum Drive {
    static func main() throws {
        var (leeway, released): (TimeInterval, TimeInterval) = (0, 0)
        var withdrawn: Set<String> = []
        for row in try rows("settings.tsv") {
            switch row[0] {
            case "leeway": leeway = TimeInterval(row[1]) ?? 0
            case "released": released = TimeInterval(row[1]) ?? 0
            default: withdrawn.insert(row[1])
            }
        }
        for row in try rows("cases.tsv") {
            var checker = try LicenseChecker(keys: try text(row[1]))
            checker.leeway = leeway
            checker.released = Date(timeIntervalSince1970: released)
            checker.withdrawn = withdrawn
            checker.perpetual = row[3] == "1"
            let now = Date(timeIntervalSince1970: TimeInterval(row[2]) ?? 0)
            let decision = checker.decide(on: try text(row[4]), at: now)
            print(row[0], decision.state.rawValue, decision.id ?? "-", separator: "\t")
        }
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }

    private static func rows(_ path: String) throws -> [[String]] {
        try text(path).split(separator: "\n").map {
            $0.split(separator: "\t").map(String.init)
        }
    }
}
