import LicenseToken
import Signatures

/// The files that bring a license's token to where it is used.
package struct DeploymentFiles {
    /// Linux hands no longer string to a program (MAX_ARG_STRLEN, with the NUL at its end), and
    /// `kubectl apply` keeps a copy of what it was given in 256 KiB. A longer token can only be
    /// mounted as a file.
    private static let maximumVariableByteCount = 131_071

    let license: Manifest.Entry
    /// A DNS label.
    let customer: String
    let token: [UInt8]

    package init(of license: Manifest.Entry, customer: String, token: [UInt8]) {
        self.license = license
        self.customer = customer
        self.token = token
    }

    package static func arePossible(tokenByteCount count: Int) -> Bool {
        count <= maximumVariableByteCount - "LICENSE_KEY=".utf8.count
    }

    /// Those that are wanted, sorted by their names; none where the token is too long.
    package func files(
        _ wanted: Set<Presentation.OptionalFile>
    ) throws(BundleError) -> [(file: Presentation.OptionalFile, bytes: [UInt8])] {
        guard Self.arePossible(tokenByteCount: token.count) else { return [] }
        var files: [(Presentation.OptionalFile, [UInt8])] = []
        if wanted.contains(.values) {
            files.append((.values, try FormTemplate.values.filled([token])))
        }
        if wanted.contains(.secret) { files.append((.secret, try secret())) }
        if wanted.contains(.environment) {
            files.append((.environment, try FormTemplate.environment.filled([token])))
        }
        return files
    }

    private func secret() throws(BundleError) -> [UInt8] {
        let token = Base64.standard.encodePublic(token)
        guard let name = license.secretName else {
            return try FormTemplate.firstSecret.filled([
                Array("license-\(license.label)".utf8), token,
            ])
        }
        let product = license.product.map { "\n    license-product: \"\($0)\"" } ?? ""
        return try FormTemplate.secret.filled([
            Array(name.description.utf8), Array(customer.utf8),
            Array(license.id.description.utf8), Array(product.utf8), token,
        ])
    }
}
