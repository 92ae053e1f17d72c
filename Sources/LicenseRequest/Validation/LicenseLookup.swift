package import CalendarTime
package import LicenseToken

/// What exists already, as far as requests have to do with it.
package protocol LicenseLookup {
    associatedtype Failure: Error

    /// Deleted licenses included.
    func license(_ id: LicenseID) throws(Failure) -> LookupResult

    func liveLicense(named name: String) throws(Failure) -> LicenseID?

    /// Whether the customer has a live license that is not one of these.
    func hasLiveLicense(
        of customer: String, besides ended: Set<LicenseID>
    ) throws(Failure) -> Bool
}

package enum LookupResult: Sendable {
    case license(KnownLicense)
    case nothing
    /// There is no way to tell.
    case unknown
}

/// A license that exists.
package struct KnownLicense: Sendable, Hashable {
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
package struct UnknownLicenses: LicenseLookup {
    package typealias Failure = Never

    package init() {}

    package func license(_ id: LicenseID) -> LookupResult { .unknown }
    package func liveLicense(named name: String) -> LicenseID? { nil }
    package func hasLiveLicense(of customer: String, besides ended: Set<LicenseID>) -> Bool { true }
}
