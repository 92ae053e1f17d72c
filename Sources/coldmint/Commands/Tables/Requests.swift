import ArgumentParser
import Console
import Failures
import RequestTables
import Station
import StrictJSON
import SystemPackage

struct Requests: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "requests",
        abstract: "Turn a table or an activation file into requests; issues nothing.",
        discussion: """
            The table is CSV in UTF-8, divided by commas, semicolons or tabs. Its first row names \
            members of requests: name, customer, description, notBefore, expiresAt, product, plan; \
            a claim stands under payload.NAME there. An empty cell leaves the member out. Each row \
            becomes one request, whose requestId is "row N" unless a column gives it.

            All problems are told by row and column, and nothing is printed where there is one. A \
            request file is accepted or refused as a whole, so one bad row holds back all others; \
            --split-by makes a file for each customer or product instead.

            With --products, cells have the types that the products' schemas give them, and all is \
            checked as a run does; --station takes the station's own products and looks at its \
            ledger as well. Without either, a cell that is a JSON number, true, false, an array or \
            an object is that, anything else is text, and "…" in the cell forces a text.
            """,
        examples: [
            "coldmint requests --csv sales.csv --products products >sales.json",
            "coldmint requests --csv sales.csv --map \"Valid until=expiresAt\" --map Notes=",
            "coldmint requests --csv sales.csv --split-by customer --into inbox",
            "coldmint requests --activation x.json --set customer=acme --set \"name=Acme 1\"",
        ])

    enum Division: String, ExpressibleByArgument, CaseIterable {
        case customer, product
    }

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Option(help: ArgumentHelp("The table; - is standard input.", valueName: "file"))
    var csv: String?

    @Option(
        help: ArgumentHelp("An activation file of a customer's application.", valueName: "file"))
    var activation: String?

    @Option(
        help: ArgumentHelp(
            "Take a column for this member; COLUMN= leaves it out.", valueName: "column=member"))
    var map: [String] = []

    @Option(
        help: ArgumentHelp(
            "Give a member to every row that does not give it.", valueName: "member=value"))
    var set: [String] = []

    @Option(help: ArgumentHelp("The same as --set product=NAME.", valueName: "name"))
    var product: String?

    @OptionGroup var productsOption: ProductsOption

    @Option(
        help: ArgumentHelp(
            "Make a file for each customer or product: TABLE-CUSTOMER.json.", valueName: "member"))
    var splitBy: Division?

    @Option(help: ArgumentHelp("Where these files go.", valueName: "dir"))
    var into: String?

    @Flag(help: "Print problems as a JSON array on standard output.")
    var json = false

    /// Only one that is named: requests can be made without any.
    var usedStation: StationFolder? { namedStation }

    func validate() throws {
        guard (csv == nil) != (activation == nil) else {
            throw ValidationError("give either --csv FILE or --activation FILE")
        }
        guard (splitBy == nil) == (into == nil) else {
            throw ValidationError("--split-by and --into go together")
        }
        guard splitBy == nil || activation == nil else {
            throw ValidationError("--split-by goes with --csv")
        }
    }

    func run() throws {
        let check = try RequestCheck(
            station: usedStation, products: productsOption.folder, environment: .system)
        let source = TableSource(
            mappings: map, constants: set + (product.map { ["product=\($0)"] } ?? []))
        let file = csv ?? activation ?? ""
        let table =
            csv == nil
            ? try source.activation(at: file, products: check.products)
            : try source.table(at: file, products: check.products)
        let drops =
            splitBy.flatMap { RequestMember($0.rawValue) }.map(table.drops)
            ?? [table.whole]
        let problems = try problems(of: table, drops, check)
        guard problems.isEmpty else { return try refuse(problems, of: file) }
        if let into {
            try DividedTable(file: file, drops: drops).write(into: FilePath(into))
        } else {
            for drop in drops {
                try Terminal.write(Terminal.escaped(String(decoding: drop.text, as: UTF8.self)))
            }
        }
        Terminal.printMessage(table.summary)
    }

    private func problems(
        of table: RequestTable, _ drops: [RequestDrop], _ check: RequestCheck
    ) throws -> [TableProblem] {
        // What could not be read as a table says nothing of its requests.
        guard !table.entries.isEmpty else { return table.problems }
        return try table.allProblems(
            drops.map { drop in (drop, try check.problems(inText: drop.text)) })
    }

    private func refuse(_ problems: [TableProblem], of file: String) throws {
        if json {
            try Terminal.printJSON(.array(problems.map(\.json)))
        } else {
            let shown = file == "-" ? "standard input" : file
            for problem in problems {
                Terminal.write(error: Terminal.plain(problem.line(of: shown)) + "\n")
            }
        }
        Terminal.printMessage(
            "\(counted(problems.count, "problem")), and no request was made: mend the "
                + (csv == nil ? "file or the options" : "table"))
        throw ExitCode(.dataError)
    }
}

extension RequestTable {
    fileprivate var summary: String {
        let empty = emptyRowCount
        return counted(entries.count, "request")
            + (empty > 0 ? ", \(counted(empty, "empty row")) passed over" : "")
    }
}
