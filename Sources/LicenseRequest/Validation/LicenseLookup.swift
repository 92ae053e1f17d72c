package import LicenseToken

/// What exists already, as far as requests have to do with it.
package protocol LicenseLookup {
    associatedtype Failure: Error

    func license(_ id: LicenseID) throws(Failure) -> LookupResult

    func liveLicense(named name: String) throws(Failure) -> LicenseID?

    /// All licenses that follow this one, and those that follow them; none also where nobody can tell.
    func successors(of id: LicenseID) throws(Failure) -> [Successor]

    /// Whether nothing was ever issued to the customer; `nil` where nobody can tell.
    func isNew(customer: String) throws(Failure) -> Bool?

    /// How many live licenses the customer has; `nil` where nobody can tell.
    func liveLicenseCount(of customer: String) throws(Failure) -> Int?
}

/// A license that follows another one, itself or by those between.
package struct Successor: Sendable, Hashable {
    package let id: LicenseID
    package let isLive: Bool

    package init(id: LicenseID, isLive: Bool) {
        self.id = id
        self.isLive = isLive
    }
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
    package func successors(of id: LicenseID) throws(Failure) -> [Successor] { [] }
    package func liveLicenseCount(of customer: String) throws(Failure) -> Int? { nil }
}
