import ArgumentParser
import Station
import StrictJSON

struct List: StationCommand {
    static let configuration = CommandConfiguration(
        abstract: "List what was issued, oldest first.")

    @ParentCommand var root: Coldmint
    @OptionGroup var place: StationOption

    @Option(help: "Only this customer's licenses.")
    var customer: String?

    @Flag(help: "Print a JSON array.")
    var json = false

    func run() throws {
        let station = try OpenStation(self.station)
        if json {
            try printArray(station)
        } else {
            let now = try Host.system.now()
            try station.forEachLicense(customer: customer) { license throws(StationFailure) in
                try Terminal.result(
                    [
                        license.id, padded("\(license.state(at: now))", 13),
                        String(license.expiresAt.prefix(10)), padded(license.customer, 20),
                        Terminal.plain(license.name),
                    ].joined(separator: "  "))
            }
        }
    }

    /// Element by element: a ledger may hold more than memory should.
    private func printArray(_ station: OpenStation) throws {
        var isFirst = true
        try station.forEachLicense(customer: customer) { license throws(StationFailure) in
            try Terminal.write(isFirst ? "[\n" : ",\n")
            isFirst = false
            try Terminal.write(license.json.compactText)
        }
        try Terminal.write(isFirst ? "[]\n" : "\n]\n")
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
