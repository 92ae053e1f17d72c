package import Bundles
package import CalendarTime
package import LicenseToken

/// What a customer would find a bundle or a token to be.
package struct VerifiedFile: Sendable {
    package enum Content: Sendable {
        /// - Parameters:
        ///   - isTrusted: whether the vendor's key was given; otherwise the bundle's own was used,
        ///     which does not show who made it.
        ///   - cosigners: the witnesses that were named.
        case soundBundle(VerifiedBundle, isTrusted: Bool, cosigners: [Cosigner])
        case validToken(License)
        case invalid(reason: String)
    }

    package let file: String
    package let content: Content
    package let verifiedAt: Timestamp
}
