import GRDB
package import LicenseToken

extension Ledger {
    /// Everything that happened to a license, in order.
    package func history(ofLicense id: LicenseID) throws(LedgerError) -> [LicenseEventRecord] {
        try read { database in
            try Row.fetchAll(database, sql: Self.historyQuery, arguments: [id.description])
                .map(LicenseEventRecord.init)
        }
    }

    private static let historyQuery = """
        WITH story (drop_file, position, kind, old, new) AS (
          SELECT drop_file, 0, 'created', NULL, NULL FROM license WHERE id = ?1
          UNION ALL
          SELECT event.drop_file, event.id, kind, old, new
            FROM license JOIN event ON event.license = license.number WHERE license.id = ?1)
        SELECT story.kind, story.old, story.new, drop_file.run, drop_file.claim,
               drop_file.sha256, run.started_at
          FROM story JOIN drop_file ON drop_file.id = story.drop_file
               JOIN run ON run.number = drop_file.run
         ORDER BY story.position
        """
}
