package import LicenseToken

/// What an accepted drop does.
package enum Change: Sendable {
    case create(IssuedLicense)
    case update(LicenseUpdate)
    case delete(LicenseID)
    /// All live licenses of the customer, those of the same drop and run included.
    case deliver(customer: String)
}

/// New values for what may change of a license.
package struct LicenseUpdate: Sendable {
    package enum Description: Sendable {
        case unchanged
        /// `nil` clears it.
        case changed(to: String?)
    }

    package let license: LicenseID
    /// `nil` where it stays as it is.
    package let name: String?
    package let description: Description

    package init(license: LicenseID, name: String?, description: Description) {
        self.license = license
        self.name = name
        self.description = description
    }
}
