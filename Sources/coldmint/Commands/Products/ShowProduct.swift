import ArgumentParser
import Console
import Failures
import LicenseRequest
import PlainText
import Station
import StrictJSON

struct ShowProduct: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a product: its plans, terms and payload.",
        examples: ["coldmint products show analytics"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print a JSON object.")
    var json = false

    @Argument(help: ArgumentHelp("The product's name.", valueName: "product"))
    var name: String

    func run() throws {
        let products = try ProductView.all(in: nil, or: station)
        guard let product = products.first(where: { $0.product.name == name }) else {
            let nearest = nearestText(to: name, among: products.map(\.product.name))
            throw StationFailure(
                .noInput,
                "\(station.products): there is no product '\(Terminal.plain(name))': "
                    + (nearest.map { "did you mean '\($0)'?" }
                        ?? "'coldmint products list' shows all"))
        }
        if json { return try Terminal.printJSON(product.json) }
        for line in product.lines { try Terminal.printLine(line) }
    }
}
