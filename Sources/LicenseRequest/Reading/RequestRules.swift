package import CalendarTime

/// The rules that a station can set, and the time at which requests are judged.
package struct RequestRules: Sendable {
    let payloads: PayloadRules
    package var products: KnownProducts
    /// Whether a license without a product may have no end.
    let allowsPerpetual: Bool
    /// Whether payloads are held against the schemas of products. It is done once for each drop.
    package var checksSchemas = true
    package var maximumRequests: Int
    package var maximumProblems: Int
    package var now: Timestamp

    /// - Parameter reservedClaims: names that a payload's own members must not have.
    package init(
        reservedClaims: Set<String>, products: KnownProducts = .unknown,
        allowsPerpetual: Bool = true, maximumRequests: Int = 100_000, maximumProblems: Int = 100,
        now: Timestamp
    ) {
        self.products = products
        self.allowsPerpetual = allowsPerpetual
        payloads = PayloadRules(reservedClaims: reservedClaims)
        self.maximumRequests = maximumRequests
        self.maximumProblems = maximumProblems
        self.now = now
    }
}
