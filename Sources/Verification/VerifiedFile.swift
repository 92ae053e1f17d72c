package import Bundles
package import CalendarTime
package import LicenseToken

/// What a customer would find a bundle or a token to be.
package struct VerifiedFile: Sendable {
    package enum Content: Sendable {
        /// - Parameter isTrusted: whether the vendor's key was given; otherwise the bundle's own
        ///   was used, which does not show who made it.
        case soundBundle(VerifiedBundle, isTrusted: Bool)
        case validToken(License)
        case invalid(reason: String)
    }

    package let file: String
    package let content: Content
    package let verifiedAt: Timestamp
}
