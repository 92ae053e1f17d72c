import LicenseRequest
package import LicenseToken

/// A license as a run would issue it.
package struct LicensePreview: Sendable {
    package let name: String
    package let customer: String
    /// Whether nothing was ever issued to the customer; `nil` where nobody can tell.
    package let isNewCustomer: Bool?
    package let term: LicenseTerm
    package let product: LicenseOrigin.Product?
    /// What is otherwise in it than in the license that it follows.
    package let succession: Succession?

    /// - Parameter predecessor: the license that it follows.
    init(_ create: CreateRequest, isNewCustomer: Bool?, following predecessor: IssuedLicense?) {
        name = create.name
        customer = create.customer
        self.isNewCustomer = isNewCustomer
        term = create.term
        product = create.product
        // A token that cannot be read is thrown away here: an audit says it.
        succession = predecessor.flatMap {
            try? Succession(
                to: $0, in: create.term, create.product,
                create.payload.map { Succession.Claim($0) })
        }
    }
}
