package import LicenseToken

/// What exists already, as far as requests have to do with it.
package protocol LicenseLookup {
    associatedtype Failure: Error

    func license(_ id: LicenseID) throws(Failure) -> LookupResult

    func liveLicense(named name: String) throws(Failure) -> LicenseID?

    /// The live license that follows this one; `nil` also where nobody can tell.
    func liveSuccessor(of id: LicenseID) throws(Failure) -> LicenseID?

    /// Whether nothing was ever issued to the customer; `nil` where nobody can tell.
    func isNew(customer: String) throws(Failure) -> Bool?

    /// How many live licenses the customer has; `nil` where nobody can tell.
    func liveLicenseCount(of customer: String) throws(Failure) -> Int?
}

package enum LookupResult: Sendable {
    case live(IssuedLicense)
    case deleted(IssuedLicense)
    case nothing
    /// Nobody can tell whether there is such a license.
    case unknown
}

/// The look-up without a station: nothing is known, and so nothing can be held against a request.
package struct UnknownLicenses<Failure: Error>: LicenseLookup {
    package init() {}

    package func license(_ id: LicenseID) throws(Failure) -> LookupResult { .unknown }
    package func liveLicense(named name: String) throws(Failure) -> LicenseID? { nil }
    package func isNew(customer: String) throws(Failure) -> Bool? { nil }
    package func liveSuccessor(of id: LicenseID) throws(Failure) -> LicenseID? { nil }
    package func liveLicenseCount(of customer: String) throws(Failure) -> Int? { nil }
}
