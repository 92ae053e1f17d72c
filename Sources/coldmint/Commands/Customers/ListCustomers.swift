import ArgumentParser
import Console
import Failures
import Station

struct ListCustomers: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List all customers, with how many licenses they have.",
        discussion: """
            The fields are customer, licenses that hold now or later, licenses that have ended or \
            were deleted, and when the next of the first ends, divided by tabs.
            """,
        examples: ["coldmint customers list", "coldmint customers list --json"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print a JSON array.")
    var json = false

    func run() throws {
        let station = try OpenStation(self.station)
        let now = try SystemEnvironment.system.now()
        if json {
            try Terminal.printJSONArray { add throws(StationFailure) in
                try station.forEachCustomer(at: now) { customer throws(StationFailure) in
                    try add(customer.json)
                }
            }
        } else {
            try station.forEachCustomer(at: now) { customer throws(StationFailure) in
                try Terminal.printing { () throws(CommandFailure) in
                    try Terminal.printLine(customer.line)
                }
            }
        }
    }
}
