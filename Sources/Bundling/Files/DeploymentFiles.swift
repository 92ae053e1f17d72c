import Signing

extension BundledLicense {
    /// Linux hands no longer string to a program (MAX_ARG_STRLEN, with the NUL at its end), and
    /// `kubectl apply` keeps a copy of what it was given in 256 KiB. A longer token can only be
    /// mounted as a file.
    private static let maximumVariableByteCount = 131_071

    var isDeployableAsVariable: Bool {
        "LICENSE_KEY=".utf8.count + token.utf8.count <= Self.maximumVariableByteCount
    }

    /// A DNS label (RFC 1123), as Kubernetes wants it.
    var secretName: String { "license-\(label)" }

    /// The files, of those that are wanted, that bring the token to where it is used.
    func deploymentFiles(
        _ wanted: Set<Presentation.OptionalFile>
    ) throws(BundleError) -> [BundleFile] {
        guard isDeployableAsVariable else { return [] }
        var files: [BundleFile] = []
        if wanted.contains(.environment) {
            files.append(try file(.environment, .environment))
        }
        if wanted.contains(.secret) { files.append(try file(.secret, .secret)) }
        if wanted.contains(.values) { files.append(try file(.values, .values)) }
        return files
    }

    func path(of file: Presentation.OptionalFile) -> String { "\(folder)/\(file.rawValue)" }

    private func file(
        _ file: Presentation.OptionalFile, _ template: BundleTemplate
    ) throws(BundleError) -> BundleFile {
        let context = [
            "token": token, "secretName": secretName,
            "base64Token": Base64.standard.encodeToString(Array(token.utf8)),
        ]
        return BundleFile(path: path(of: file), bytes: try template.render(context))
    }
}
