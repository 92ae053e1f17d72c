import Foundation
import GRDB
import Signatures

extension LedgerTransaction {
    /// Records what may be sold in a run.
    package func record(
        _ catalog: CatalogRecord, of run: RunRecord
    ) throws(LedgerError) {
        try reader.translating {
            let known = try reader.database.cachedStatement(
                sql: "SELECT id FROM catalog WHERE sha256 = ?")
            let id =
                try Int64.fetchOne(known, arguments: [catalog.digest.blob])
                ?? insert(catalog)
            let inForce = try reader.database.cachedStatement(
                sql: "INSERT INTO run_catalog (run, catalog) VALUES (?, ?)")
            try inForce.execute(arguments: [run.number, id])
        }
    }

    private func insert(_ catalog: CatalogRecord) throws -> Int64 {
        try reader.database.execute(
            sql: "INSERT INTO catalog (sha256) VALUES (?)", arguments: [catalog.digest.blob])
        let id = reader.database.lastInsertedRowID
        for product in catalog.products {
            let known = try Int64.fetchOne(
                reader.database, sql: "SELECT id FROM product WHERE name = ? AND sha256 = ?",
                arguments: [product.name, product.digest.blob])
            try reader.database.execute(
                sql: "INSERT INTO catalog_product (catalog, product) VALUES (?, ?)",
                arguments: [id, try known ?? insert(product)])
        }
        return id
    }

    private func insert(_ product: CatalogRecord.Product) throws -> Int64 {
        try reader.database.execute(
            sql: "INSERT INTO product (name, sha256, text) VALUES (?, ?, ?)",
            arguments: [product.name, product.digest.blob, Data(product.text)])
        return reader.database.lastInsertedRowID
    }
}
