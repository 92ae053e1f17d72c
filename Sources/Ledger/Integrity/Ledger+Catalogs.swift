import GRDB
import LicenseToken
import Signatures

extension Ledger {
    /// What is wrong with the record of products, in words: files that are not those of their digests,
    /// catalogs that hold others than they did, and licenses of what was not for sale.
    package func catalogFaults(limit: Int) throws(LedgerError) -> [String] {
        try read { database in
            let faults =
                try Self.changedProducts(in: database) + Self.changedCatalogs(in: database)
                + Self.unsoldLicenses(in: database, limit: limit)
            return Array(faults.prefix(limit))
        }
    }

    private static func changedProducts(in database: Database) throws -> [String] {
        let rows = try Row.fetchCursor(database, sql: "SELECT name, sha256, text FROM product")
        var faults: [String] = []
        while let row = try rows.next() {
            let columns = Columns(row)
            guard try SHA256Digest(of: columns.bytes("text")) != columns.digest("sha256") else {
                continue
            }
            faults.append(
                "the file of the product \(try columns.text("name")) is not the one of its digest "
                    + "\(try columns.digest("sha256"))")
        }
        return faults
    }

    private static func changedCatalogs(in database: Database) throws -> [String] {
        let catalogs = try Row.fetchAll(database, sql: "SELECT id, sha256 FROM catalog")
        return try catalogs.compactMap { row in
            let (id, digest) = (try Columns(row).integer("id"), try Columns(row).digest("sha256"))
            let products = try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT name, sha256 FROM catalog_product
                          JOIN product ON product.id = product WHERE catalog = ?
                         ORDER BY CAST(name AS BLOB)
                        """), arguments: [id]
            ).map { (name: try Columns($0).text("name"), digest: try Columns($0).digest("sha256")) }
            return CatalogRecord.digest(of: products) == digest
                ? nil : "the products of the digest \(digest) are not those that were for sale"
        }
    }

    private static func unsoldLicenses(in database: Database, limit: Int) throws -> [String] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT license.id FROM license
                 WHERE product IS NOT NULL AND NOT EXISTS (
                   SELECT 1 FROM run_catalog
                     JOIN catalog_product ON catalog_product.catalog = run_catalog.catalog
                    WHERE run_catalog.run = license.run
                      AND catalog_product.product = license.product)
                 LIMIT ?
                """, arguments: [limit]
        ).map {
            "license \(try Columns($0).licenseID("id")): its product was not for sale in its run"
        }
    }
}
