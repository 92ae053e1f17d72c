import LicenseToken
import Signing

extension BundledLicense {
    /// Linux hands no longer string to a program (MAX_ARG_STRLEN, with the NUL at its end), and
    /// `kubectl apply` keeps a copy of what it was given in 256 KiB. A longer token can only be
    /// mounted as a file.
    private static let maximumVariableByteCount = 131_071

    var isDeployableAsVariable: Bool {
        "LICENSE_KEY=".utf8.count + license.token.utf8.count <= Self.maximumVariableByteCount
    }

    /// A DNS label (RFC 1123), as Kubernetes wants it.
    var secretName: String { "license-\(label)" }

    /// The files, of those that are wanted, that bring the token to where it is used; sorted.
    func deploymentFiles(
        _ wanted: Set<Presentation.OptionalFile>
    ) throws(BundleError) -> [BundleFile] {
        guard isDeployableAsVariable else { return [] }
        let text = Array(license.token.utf8)
        var files: [BundleFile] = []
        if wanted.contains(.values) {
            files.append(file(.values, try FormTemplate.values.filled([text])))
        }
        if wanted.contains(.secret) {
            let filled = try FormTemplate.secret.filled([
                Array(secretName.utf8), Base64.standard.encode(text),
            ])
            files.append(file(.secret, filled))
        }
        if wanted.contains(.environment) {
            files.append(file(.environment, try FormTemplate.environment.filled([text])))
        }
        return files
    }

    private func file(_ file: Presentation.OptionalFile, _ bytes: [UInt8]) -> BundleFile {
        BundleFile(path: "\(folder)/\(file.rawValue)", bytes: bytes)
    }
}
