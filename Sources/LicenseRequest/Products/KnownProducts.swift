/// The products that a request may name.
package struct KnownProducts: Sendable {
    /// `nil` where nobody can tell which there are: a check without a station.
    private let products: [String: Product]?
    /// Whether a request without a product is refused.
    let isRequired: Bool

    private init(products: [String: Product]?, isRequired: Bool) {
        self.products = products
        self.isRequired = isRequired
    }

    package init(_ products: [Product], isRequired: Bool) {
        self.init(
            products: Dictionary(products.map { ($0.name, $0) }) { first, _ in first },
            isRequired: isRequired)
    }

    package static let unknown = KnownProducts(products: nil, isRequired: false)

    var areUnknown: Bool { products == nil }

    package func product(named name: String) -> Product? { products?[name] }

    var names: [String] { (products ?? [:]).keys.sorted() }
}
