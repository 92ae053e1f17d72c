package import LicenseToken
package import RFC3339

/// What exists already, as far as requests have to do with it.
package protocol LicenseRegister {
    associatedtype Failure: Error

    /// Deleted licenses included.
    func license(_ id: LicenseID) throws(Failure) -> RegisterEntry

    func liveLicense(named name: String) throws(Failure) -> LicenseID?

    /// Whether the customer has a live license that is not one of these.
    func hasLiveLicense(
        of customer: String, besides ended: Set<LicenseID>
    ) throws(Failure) -> Bool
}

package enum RegisterEntry: Sendable {
    case license(RegisteredLicense)
    case nothing
    /// There is no way to tell.
    case unknown
}

/// A license that exists.
package struct RegisteredLicense: Sendable, Hashable {
    package internal(set) var name: String
    package let customer: String
    package let notBefore: Timestamp
    package let expiresAt: Timestamp
    package let isDeleted: Bool

    package init(
        name: String, customer: String, notBefore: Timestamp, expiresAt: Timestamp, isDeleted: Bool
    ) {
        self.name = name
        self.customer = customer
        self.notBefore = notBefore
        self.expiresAt = expiresAt
        self.isDeleted = isDeleted
    }
}

/// For where there is no station: nothing is known, and so nothing can be held against a request.
package struct UnknownRegister: LicenseRegister {
    package typealias Failure = Never

    package init() {}

    package func license(_ id: LicenseID) -> RegisterEntry { .unknown }
    package func liveLicense(named name: String) -> LicenseID? { nil }
    package func hasLiveLicense(of customer: String, besides ended: Set<LicenseID>) -> Bool { true }
}
