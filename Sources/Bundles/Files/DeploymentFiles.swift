import LicenseToken
import Signatures

/// The files that bring a license's token to where it is used.
package struct DeploymentFiles {
    /// Linux hands no longer string to a program (MAX_ARG_STRLEN, with the NUL at its end), and
    /// `kubectl apply` keeps a copy of what it was given in 256 KiB. A longer token can only be
    /// mounted as a file.
    private static let maximumVariableByteCount = 131_071

    /// What the license's folder is called.
    let label: String
    let token: [UInt8]

    package init(label: String, token: [UInt8]) {
        self.label = label
        self.token = token
    }

    package static func arePossible(tokenByteCount count: Int) -> Bool {
        count <= maximumVariableByteCount - "LICENSE_KEY=".utf8.count
    }

    /// A DNS label (RFC 1123), as Kubernetes wants it.
    static func secretName(label: String) -> String { "license-\(label)" }

    /// Those that are wanted, sorted by their names; none where the token is too long.
    package func files(
        _ wanted: Set<Presentation.OptionalFile>
    ) throws(BundleError) -> [(file: Presentation.OptionalFile, bytes: [UInt8])] {
        guard Self.arePossible(tokenByteCount: token.count) else { return [] }
        var files: [(Presentation.OptionalFile, [UInt8])] = []
        if wanted.contains(.values) {
            files.append((.values, try FormTemplate.values.filled([token])))
        }
        if wanted.contains(.secret) {
            let filled = try FormTemplate.secret.filled([
                Array(Self.secretName(label: label).utf8), Base64.standard.encodePublic(token),
            ])
            files.append((.secret, filled))
        }
        if wanted.contains(.environment) {
            files.append((.environment, try FormTemplate.environment.filled([token])))
        }
        return files
    }
}
