package import CalendarTime
package import Signatures
package import StrictJSON

/// A new license.
package struct CreateRequest: Sendable {
    package let name: String
    package let customer: String
    package let description: String?
    package let notBefore: Timestamp
    package let expiresAt: Timestamp
    /// Claims that the token carries with their numbers and strings as they are written.
    package let payload: [JSONMember]
    /// `nil` where it names none.
    package let product: SoldProduct?
}

/// What a license was sold as.
package struct SoldProduct: Sendable, Hashable {
    package let name: String
    package let plan: String?
    /// Of the product's file as it was then.
    package let digest: SHA256Digest
    /// How many people must sign a request for it, where drops are signed at all.
    package let approvals: Int?

    init(_ product: Product, plan: Product.Plan?) {
        name = product.name
        self.plan = plan?.name
        digest = product.digest
        approvals = product.approvals
    }
}
