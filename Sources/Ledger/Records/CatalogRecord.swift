package import Signatures

/// The products that are in force in a run.
package struct CatalogRecord: Sendable {
    package struct Product: Sendable {
        let name: String
        let digest: SHA256Digest
        /// The bytes of its file.
        let text: [UInt8]

        package init(name: String, digest: SHA256Digest, text: [UInt8]) {
            self.name = name
            self.digest = digest
            self.text = text
        }
    }

    let products: [Product]
    package let digest: SHA256Digest

    /// - Parameter products: by their names, each once.
    package init(_ products: [Product]) {
        self.products = products
        digest = Self.digest(of: products.map { ($0.name, $0.digest) })
    }

    /// Of all names and files: another one wherever anything is changed. What `sha256sum` prints for
    /// the files, with the products' names in place of theirs.
    package static func digest(
        of products: some Sequence<(name: String, digest: SHA256Digest)>
    ) -> SHA256Digest {
        var hash = SHA256()
        for product in products { hash.update(Array("\(product.digest)  \(product.name)\n".utf8)) }
        return hash.finish()
    }
}
