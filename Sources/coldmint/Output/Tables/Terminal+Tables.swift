import Console
import Failures
import Station
import StrictJSON
import Tables

extension Terminal {
    /// Writes the text of a table as it is, since a spreadsheet reads it. On a terminal, what that
    /// would obey is made harmless.
    static func writeTable(_ text: [UInt8]) throws(CommandFailure) {
        let text = String(decoding: text, as: UTF8.self)
        guard outputIsATerminal else { return try write(text) }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            try printLine(plain(String(line)))
        }
    }

    /// Prints objects one by one, as a table where its columns are given, otherwise as an array.
    static func printObjects<Result>(
        _ columns: TableColumns?,
        _ body: (_ add: (OrderedJSON) throws(StationFailure) -> Void) throws(StationFailure) ->
            Result
    ) throws(StationFailure) -> Result {
        guard let columns else { return try printJSONArray(body) }
        return try printTable(columns, body)
    }

    /// Prints a table item by item: there may be more of them than memory should hold.
    private static func printTable<Result>(
        _ columns: TableColumns,
        _ body: (_ add: (OrderedJSON) throws(StationFailure) -> Void) throws(StationFailure) ->
            Result
    ) throws(StationFailure) -> Result {
        let writer = TableWriter()
        var text = writer.row(columns.names)
        func flush() throws(StationFailure) {
            let piece = text
            text = []
            try printing { () throws(CommandFailure) in try writeTable(piece) }
        }
        let result = try body { item throws(StationFailure) in
            text += writer.row(columns.cells(of: item))
            if text.count > 1 << 16 { try flush() }
        }
        try flush()
        return result
    }
}
