package import Bundles
package import CalendarTime
package import LicenseToken

/// What a bundle says of itself, whatever its licenses are.
package struct BundleHead: Sendable {
    package let name: BundleName
    /// The vendor's URL.
    package let issuer: String
    package let issuedAt: Timestamp
    package let presentation: Presentation
    /// `nil` where the run is from before there was a log.
    package let log: LogEvidence?
    /// `nil` where the key is the first one.
    package let keyStatement: KeySetStatement?

    package init(
        name: BundleName, issuer: String, issuedAt: Timestamp,
        presentation: Presentation = Presentation(), log: LogEvidence? = nil,
        keyStatement: KeySetStatement? = nil
    ) {
        self.name = name
        self.issuer = issuer
        self.issuedAt = issuedAt
        self.presentation = presentation
        self.log = log
        self.keyStatement = keyStatement
    }
}

extension ManifestText {
    init(_ head: BundleHead) {
        self.init(
            bundle: head.name.description, customer: head.name.customer, issuer: head.issuer,
            issuedAt: head.issuedAt)
    }
}
