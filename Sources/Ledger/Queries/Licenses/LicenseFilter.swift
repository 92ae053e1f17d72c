package import CalendarTime

/// Which licenses are meant.
package struct LicenseFilter: Sendable, Hashable {
    package enum Standing: Sendable, Hashable {
        case any
        case deleted
        /// Live, with a term that ends after the first time and not after the second, where they
        /// are given; the first to end comes first. What has no end is not among them.
        case ending(after: Timestamp?, until: Timestamp)
        /// Live, with a term that ends not after the last time; what is over at the first time, its
        /// grace too, only where its term has ended after the second.
        case due(at: Timestamp, endedAfter: Timestamp, until: Timestamp)
    }

    package var customer: String?
    /// `*`, `?` and `[a-z]`, as SQLite's GLOB has them.
    package var namePattern: String?
    /// Somebody who signed a drop that created or changed the license.
    package var signer: String?
    package var product: String?
    package var plan: String?
    /// The key that signed the token, or the beginning of its name.
    package var key: String?
    package var requestID: String?
    package var standing: Standing

    package init(
        customer: String? = nil, namePattern: String? = nil, signer: String? = nil,
        product: String? = nil, plan: String? = nil, key: String? = nil, requestID: String? = nil,
        standing: Standing = .any
    ) {
        self.customer = customer
        self.namePattern = namePattern
        self.signer = signer
        self.product = product
        self.plan = plan
        self.key = key
        self.requestID = requestID
        self.standing = standing
    }
}
