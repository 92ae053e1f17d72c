import ArgumentParser

struct Customers: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customers", abstract: "Show who has what.",
        subcommands: [ListCustomers.self, ShowCustomer.self],
        examples: ["coldmint customers list", "coldmint customers show acme-gmbh"])

    @OptionGroup var stationOption: StationOption
}
