import CalendarTime
import LicenseRequest

extension RequestRules {
    /// - Parameter products: `nil` where nobody can tell which there are.
    init(_ configuration: Configuration, products: ProductCatalog? = nil, now: Timestamp) {
        self.init(
            reservedClaims: configuration.allReservedClaims,
            products: products.map {
                KnownProducts($0.products, isRequired: configuration.requiresProduct)
            } ?? .unknown,
            allowsPerpetual: configuration.allowsPerpetual,
            maximumRequests: configuration.maximumRequestsPerDrop, now: now)
    }
}

extension Problem {
    static func tooLarge(limit: Int) -> Problem {
        Problem(.tooLarge, "larger than \(limit) bytes, the limit: divide it over several files")
    }
}
