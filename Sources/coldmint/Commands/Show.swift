import ArgumentParser
import Station
import StrictJSON

struct Show: StationCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show everything about one license.")

    @ParentCommand var root: Coldmint
    @OptionGroup var place: StationOption

    @Flag(help: "Print one JSON object.")
    var json = false

    @Argument(help: ArgumentHelp("The license's id or its name.", valueName: "id-or-name"))
    var license: String

    func run() throws {
        let details = try OpenStation(station).details(license)
        if json {
            try Terminal.result(details.json)
        } else {
            for line in try lines(details) { try Terminal.result(line) }
        }
    }

    private func lines(_ details: LicenseDetails) throws -> [String] {
        let license = details.license
        let now = try SystemEnvironment.system.now()
        let fields: [(String, String?)] = [
            ("id", license.id), ("name", license.name), ("customer", license.customer),
            ("description", license.description), ("state", license.state(at: now).rawValue),
            ("valid from", license.notBefore), ("expires at", license.expiresAt),
            ("issued at", license.issuedAt), ("deleted at", license.deletedAt),
            ("key", license.kid), ("run", String(license.run)),
            ("payload", details.payload.compactText),
            ("bundles", details.bundles.joined(separator: " ")), ("token", license.token),
        ]
        let history = details.history.map {
            ("history", "\($0.time)  \($0.summary)  (\($0.file), \($0.sha256 ?? ""))")
        }
        return (fields + history).compactMap { name, value in
            value.map { name + String(repeating: " ", count: 13 - name.count) + Terminal.plain($0) }
        }
    }
}
