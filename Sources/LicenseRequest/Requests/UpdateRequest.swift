package import LicenseToken

/// A change of name, description or both, of a license that exists.
package struct UpdateRequest: Sendable {
    package enum Description: Sendable, Hashable {
        case replaced(String)
        case cleared
    }

    package let license: LicenseID
    /// `nil` where the name stays as it is.
    package let name: String?
    package let description: Description?
}
