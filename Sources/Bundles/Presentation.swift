/// How a bundle looks to its customer. No token depends on it.
package struct Presentation: Sendable, Hashable {
    /// Files that a vendor may leave out.
    package enum OptionalFile: String, Sendable, Hashable, CaseIterable {
        case page = "index.html"
        case environment = "license.env"
        case secret = "kubernetes-secret.yaml"
        case values = "helm-values.yaml"
    }

    /// What the vendor is called, and how a customer reaches them; texts without control characters.
    package let vendorName: String?
    package let supportContact: String?
    package let vendorLogo: VendorLogo?
    package let files: Set<OptionalFile>
    /// What Kubernetes Secrets are called.
    package let secretNames: SecretName.Pattern

    package init(
        vendorName: String? = nil, supportContact: String? = nil,
        vendorLogo: VendorLogo? = nil,
        files: Set<OptionalFile> = Set(OptionalFile.allCases),
        secretNames: SecretName.Pattern = .standard
    ) {
        self.vendorName = vendorName
        self.supportContact = supportContact
        self.vendorLogo = vendorLogo
        self.files = files
        self.secretNames = secretNames
    }
}
