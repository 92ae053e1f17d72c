import ArgumentParser

struct Products: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "products", abstract: "Show what may be sold.",
        subcommands: [ListProducts.self, ShowProduct.self, CheckProducts.self],
        examples: [
            "coldmint products list", "coldmint products show analytics",
            "coldmint products check analytics.json",
        ])

    @OptionGroup var stationOption: StationOption
}
