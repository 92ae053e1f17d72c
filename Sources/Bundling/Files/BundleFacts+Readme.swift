import CalendarTime
import LicenseToken

extension BundleFacts {
    /// `README.txt`, from the template of that name.
    func readme(_ presentation: Presentation) throws(BundleError) -> [UInt8] {
        try BundleTemplate.readme.render(readmeContext(presentation))
    }

    /// The commands in it are those for the first license.
    func readmeContext(_ presentation: Presentation) -> [String: Any] {
        let licenses = manifest.licenses
        var context = commonContext(presentation)
        context["issuedAt"] = manifest.issuedAt.description
        context["fileName"] = "\(manifest.bundle).tar"
        context["licenses"] = licenses.prefix(Self.readmeLimit).map { license in
            [
                "name": license.name, "id": license.id.description, "folder": license.folder,
                "notBefore": license.notBefore.description,
                "expiresAt": license.expiresAt.description,
            ]
        }
        if licenses.count > Self.readmeLimit { context["readmeLimit"] = String(Self.readmeLimit) }
        if let first = licenses.first {
            context["folder"] = first.folder
            context["secretName"] = DeploymentFiles.secretName(label: first.label)
            if licenses.count > 1 { context["firstName"] = first.name }
            if tokens.first == .some(nil) {
                for file in ["hasEnvironment", "hasSecret", "hasValues"] { context[file] = false }
            }
        }
        return context
    }
}
