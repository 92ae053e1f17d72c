import GRDB
package import LicenseToken

extension Ledger {
    /// The licenses that followed each other, one of them this one, the oldest first: so many at most
    /// in each direction. Those that were deleted are among them.
    package func chain(of id: LicenseID) throws(LedgerError) -> [LicenseRecord] {
        try read { database in
            let numbers = try Int64.fetchAll(
                database, sql: Self.chain, arguments: [id.description])
            return try numbers.compactMap { number in
                try Row.fetchOne(
                    database.cachedStatement(
                        sql: "\(LicenseRecord.selection) WHERE license.number = ?"),
                    arguments: [number]
                ).map { try LicenseRecord(row: $0) }
            }
        }
    }

    private static let chain = """
        WITH RECURSIVE
          before (number, supersedes, place) AS (
            SELECT number, supersedes, 0 FROM license WHERE id = ?1
            UNION ALL
            SELECT license.number, license.supersedes, place - 1
              FROM before JOIN license ON license.number = before.supersedes
             WHERE place > -100),
          after (number, place) AS (
            SELECT number, 0 FROM license WHERE id = ?1
            UNION ALL
            SELECT license.number, place + 1
              FROM after JOIN license ON license.supersedes = after.number
             WHERE place < 100)
        SELECT number FROM (
          SELECT number, place FROM before UNION SELECT number, place FROM after)
         ORDER BY place, number
        """
}
