import Foundation
import GRDB

/// GRDB reads and writes blobs as Foundation's Data; everybody else here has bytes.
func data(_ bytes: [UInt8]) -> Data {
    Data(bytes)
}

func bytes(_ data: Data) -> [UInt8] {
    Array(data)
}

/// The text in a column that the schema lets hold anything; GRDB's own conversion would end the
/// process where it holds something else.
func text(_ column: String, of row: Row) throws -> String? {
    let value: DatabaseValue = row[column]
    if value.isNull { return nil }
    guard let text = String.fromDatabaseValue(value) else {
        throw LedgerError.damaged("a value in the history that is no text")
    }
    return text
}

func requiredText(_ column: String, of row: Row) throws -> String {
    guard let text = try text(column, of: row) else {
        throw LedgerError.damaged("a value in the history that is missing")
    }
    return text
}
