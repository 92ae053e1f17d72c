package import LicenseRequest
import Signatures

/// The products of a folder, as they are sold in a run.
package struct ProductCatalog: Sendable {
    /// By name, in their order.
    package let products: [Product]
    /// Of their files, in the same order.
    let texts: [[UInt8]]

    static let empty = ProductCatalog(products: [], texts: [])

    /// Of all names and files: another one wherever anything is changed. `nil` where there are none.
    var digest: SHA256Digest? {
        guard !products.isEmpty else { return nil }
        var hash = SHA256()
        for product in products { hash.update(Array("\(product.digest)  \(product.name)\n".utf8)) }
        return hash.finish()
    }

    /// The file that a product was read from.
    func text(ofProduct name: String) -> [UInt8]? {
        zip(products, texts).first { $0.0.name == name }?.1
    }
}
