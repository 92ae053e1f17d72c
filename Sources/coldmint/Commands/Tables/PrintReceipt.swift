import ArgumentParser
import Console
import Failures
import RequestTables
import SystemPackage
import Tables

struct PrintReceipt: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt",
        abstract: "Show what became of requests, beside the rows they came from.",
        discussion: """
            Receipts lie beside handled drops, in inbox/accepted and inbox/rejected. With --csv \
            they become a table with a row for each result or problem. With --table as well, the \
            columns are those of the table that the requests were made of, followed by outcome, \
            license, notBefore, expiresAt, bundle and problem; rows and requests find each other \
            by the requestId. Several receipts may belong to one table.
            """,
        examples: [
            "coldmint receipt inbox/accepted/20261201T080000Z-1-sales.json.receipt.json",
            "coldmint receipt --csv --table sales.csv x.receipt.json >sales-done.csv",
        ])

    @Flag(help: "Print a table.")
    var csv = false

    @Option(
        help: ArgumentHelp("The table that the requests were made of.", valueName: "file"))
    var table: String?

    @Option(
        help: ArgumentHelp(
            "Which column is which member, as the requests were made.", valueName: "column=member"))
    var map: [String] = []

    @Option(
        help: ArgumentHelp(
            "What was given for every row, as the requests were made.", valueName: "member=value"))
    var set: [String] = []

    @Argument(help: ArgumentHelp("Receipts.", valueName: "receipt"))
    var receipts: [String]

    func validate() throws {
        guard csv || table == nil else { throw ValidationError("--table goes with --csv") }
        guard table != nil || map.isEmpty && set.isEmpty else {
            throw ValidationError("--map and --set go with --table")
        }
    }

    func run() throws {
        var read: [(name: String, receipt: ReceiptFile)] = []
        for name in receipts { read.append((name, try receipt(at: name))) }
        if let table {
            try join(table, read)
        } else if csv {
            try Terminal.writeTable(ReceiptListing(receipts: read.map(\.receipt)).table)
        } else {
            for line in ReceiptListing(receipts: read.map(\.receipt)).lines {
                try Terminal.printLine(Terminal.plain(line))
            }
        }
    }

    private func receipt(at name: String) throws(CommandFailure) -> ReceiptFile {
        let limit = ReceiptFile.maximumByteCount
        let bytes = try TableSource.bytes(at: name, upTo: limit + 1)
        guard bytes.count <= limit else {
            throw CommandFailure(.dataError, "\(name): too large for a receipt")
        }
        do throws(ReceiptFile.Fault) {
            return try ReceiptFile(bytes)
        } catch {
            throw CommandFailure(.dataError, "\(name): \(error.message)")
        }
    }

    private func join(
        _ table: String, _ read: [(name: String, receipt: ReceiptFile)]
    ) throws(CommandFailure) {
        let bytes = try TableSource.tableBytes(at: table)
        let options: TableOptions
        do throws(TableOptions.Fault) {
            options = try TableOptions(mappings: map, constants: set)
        } catch {
            throw CommandFailure(.usage, error.message)
        }
        let stem = FilePath(table).stem ?? table
        let text: [UInt8]
        let (strangers, disagreements): (Int, Int)
        do throws(ReceiptTable.Fault) {
            var joined = try ReceiptTable(bytes, named: stem, options, read)
            text = try Self.text(of: &joined)
            (strangers, disagreements) = (joined.strangers, joined.disagreements)
        } catch {
            throw CommandFailure(.dataError, "\(table): \(error.message)")
        }
        try Terminal.writeTable(text)
        if disagreements > 0 {
            Terminal.printMessage(
                "\(counted(disagreements, "row")) of \(table) with the requestId of another license in "
                    + "the receipts: the table must be as it was when the requests were made")
        }
        if strangers > 0 {
            Terminal.printMessage(
                "\(counted(strangers, "request")) in the receipts without a row in \(table)")
        }
    }

    /// Whole, so that nothing is printed of a table that breaks off.
    private static func text(
        of joined: inout ReceiptTable
    ) throws(ReceiptTable.Fault) -> [UInt8] {
        let writer = TableWriter(joined.form)
        var text = writer.beginning + writer.row(joined.header)
        while let row = try joined.next() { text += writer.row(row) }
        return text
    }
}
