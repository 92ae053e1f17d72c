import ArgumentParser
import Station

struct Status: StationCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show keys, counts, what waits in the inbox, and what expires soon.")

    @ParentCommand var root: Coldmint
    @OptionGroup var place: StationOption

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let status = try StationStatus(OpenStation(station), environment: .system)
        if json {
            try Terminal.result(status.json)
        } else {
            for line in Self.lines(status) { try Terminal.result(line) }
        }
    }

    private static func lines(_ status: StationStatus) -> [String] {
        var lines = status.keys.flatMap {
            [
                "key       \($0.kid)  \($0.state) since \($0.stateSince)",
                "          fingerprint \($0.fingerprint)",
            ]
        }
        lines.append(
            "licenses  \(status.valid) valid, \(status.notYetValid) not yet valid, "
                + "\(status.expired) expired, \(status.deleted) deleted")
        lines.append(
            "inbox     \(counted(status.waiting, "drop")) waiting, \(status.claimed) taken up")
        lines += status.unfinishedRuns.map {
            "run       \($0) was cut off; the next one finishes it"
        }
        lines += status.expiring.map {
            "expires   \($0.expiresAt)  \($0.customer)  \(Terminal.plain($0.name))"
        }
        return lines
    }
}
