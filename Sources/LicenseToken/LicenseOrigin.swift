package import Signatures

/// What a license was sold as, and which request asked for it.
package struct LicenseOrigin: Sendable, Hashable {
    package struct Product: Sendable, Hashable {
        package let name: String
        package let plan: String?
        /// Of the product's file as it was then.
        package let digest: SHA256Digest

        package init(name: String, plan: String?, digest: SHA256Digest) {
            self.name = name
            self.plan = plan
            self.digest = digest
        }

        /// For people: `analytics, plan pro`.
        package var words: String { name + (plan.map { ", plan \($0)" } ?? "") }
    }

    package let product: Product?
    package let requestID: String?
    /// The license that this one follows.
    package let supersedes: LicenseID?

    package init(
        product: Product? = nil, requestID: String? = nil, supersedes: LicenseID? = nil
    ) {
        self.product = product
        self.requestID = requestID
        self.supersedes = supersedes
    }
}
