import ArgumentParser
import Console
import Station
import StrictJSON

struct ListProducts: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the products that requests may name.",
        discussion: "The fields are name, plans, SHA-256 of the file and title, divided by tabs.",
        examples: ["coldmint products list", "coldmint products list --json"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print a JSON array.")
    var json = false

    func run() throws {
        let products = try ProductView.all(in: nil, or: station)
        if json { return try Terminal.printJSON(.array(products.map(\.summary))) }
        for product in products { try Terminal.printLine(product.line) }
    }
}
