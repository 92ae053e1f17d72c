import GRDB

/// That somebody has cosigned a head.
package struct CosignatureRecord: Sendable, Hashable {
    /// The head's number of entries.
    package let size: Int64
    /// Their key, as a note's verifiers write it.
    package let verifier: String

    init(row: Row) throws {
        let columns = Columns(row)
        size = try columns.integer("size")
        verifier = try columns.text("verifier")
    }
}
