import Ledger
package import LicenseRequest
import Signatures

/// The products of a folder, as they are sold in a run.
package struct ProductCatalog: Sendable {
    /// By name, in their order.
    package let products: [Product]
    /// Of their files, in the same order.
    let texts: [[UInt8]]
    /// For the ledger; `nil` where there are none.
    let record: CatalogRecord?

    static let empty = ProductCatalog(products: [], texts: [])

    init(products: [Product], texts: [[UInt8]]) {
        self.products = products
        self.texts = texts
        let recorded = zip(products, texts).map { product, text in
            CatalogRecord.Product(name: product.name, digest: product.digest, text: text)
        }
        record = recorded.isEmpty ? nil : CatalogRecord(recorded)
    }

    func product(named name: String) -> Product? {
        products.first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// Of all names and files; `nil` where there are none.
    var digest: SHA256Digest? { record?.digest }
}
