import ArgumentParser
import Console
import Station
import SystemPackage

struct PrintSchema: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of requests, for editors.",
        discussion: """
            With a station, or with a folder of products, the schema knows the products: editors then \
            complete the names of products, plans and claims, and mark what does not fit. Without \
            either it has what holds at every station.
            """,
        examples: [
            "coldmint schema >request.schema.json",
            "coldmint schema --products products >request.schema.json",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Option(
        help: ArgumentHelp("Take the products of this folder.", valueName: "dir"))
    var products: String?

    /// Only one that is named or there: the schema can be printed without any.
    var usedStation: StationFolder? {
        guard products == nil else { return nil }
        return namedStation ?? (station.isConfigurationThere() ? station : nil)
    }

    func run() throws {
        let known = try ProductView.all(
            in: products.map { FilePath($0) }, or: usedStation)
        if known.isEmpty {
            return try Terminal.printLine(
                String(decoding: RequestSchema.common.dropLast(), as: UTF8.self))
        }
        let isRequired = try usedStation?.readConfiguration().requiresProduct ?? false
        try Terminal.printJSON(RequestSchema.json(of: known, isRequired: isRequired))
    }
}
