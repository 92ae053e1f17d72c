package import LicenseToken

/// The deletion of a license. Its name is the confirmation.
package struct DeleteRequest: Sendable {
    package let license: LicenseID
    package let name: String
}
