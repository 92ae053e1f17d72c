import ArgumentParser
import Console
import Station
import StrictJSON

struct ShowCustomer: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what a customer got, and when.",
        examples: ["coldmint customers show acme-gmbh"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print a JSON object.")
    var json = false

    @Argument(help: ArgumentHelp("The customer's name.", valueName: "customer"))
    var customer: String

    func run() throws {
        let station = try OpenStation(self.station)
        let now = try SystemEnvironment.system.now()
        let details = try station.customer(customer, at: now)
        var licenses: [LicenseView] = []
        let selection = LicenseSelection(customer: details.customer.customer)
        try station.forEachLicense(selection, at: now) { license in
            licenses.append(license)
            return true
        }
        if json {
            return try Terminal.printJSON(details.json(with: licenses.map { $0.json(at: now) }))
        }
        for line in details.lines(with: licenses, at: now) {
            try Terminal.printLine(Terminal.plain(line))
        }
    }
}
