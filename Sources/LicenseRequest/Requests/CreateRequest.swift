package import LicenseToken
package import StrictJSON

/// A new license.
package struct CreateRequest: Sendable {
    package let name: String
    package let customer: String
    package let description: String?
    package let term: LicenseTerm
    /// Claims that the token carries with their numbers and strings as they are written.
    package let payload: [JSONMember]
    /// What it is sold as; `nil` where it names no product.
    package let product: LicenseOrigin.Product?
    /// How many people the product asks to sign, where drops are signed at all.
    package let approvals: Int?
    /// The license of the same customer that it follows.
    package let supersedes: LicenseID?
}
