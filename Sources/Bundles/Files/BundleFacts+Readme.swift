import CalendarTime
import LicenseToken

extension BundleFacts {
    /// `README.txt`, from the template of that name.
    func readme(_ presentation: Presentation) throws(BundleError) -> [UInt8] {
        try BundleTemplate.readme.render(readmeContext(presentation))
    }

    /// The commands in it are those for the first license.
    func readmeContext(_ presentation: Presentation) -> [String: Any] {
        var context = commonContext(presentation)
        context["issuedAt"] = issuedAt.description
        context["fileName"] = "\(bundle).tar"
        context["licenses"] = shown.prefix(Self.readmeLimit).map { license in
            [
                "name": license.name, "id": license.id.description, "folder": license.folder,
                "notBefore": license.notBefore.description,
                "expiresAt": license.expiresAt.description,
            ]
        }
        if licenseCount > Self.readmeLimit { context["readmeLimit"] = String(Self.readmeLimit) }
        if let first = shown.first {
            context["folder"] = first.folder
            context["secretName"] = DeploymentFiles.secretName(label: first.label)
            if licenseCount > 1 { context["firstName"] = first.name }
            if tokens.first == .some(nil) {
                for file in ["hasEnvironment", "hasSecret", "hasValues"] { context[file] = false }
            }
        }
        return context
    }
}
