import CalendarTime
import LicenseToken

extension BundleFacts {
    /// `README.txt`, from the template of that name.
    func readme(_ presentation: Presentation) throws(BundleError) -> [UInt8] {
        try BundleTemplate.readme.render(readmeValues(presentation))
    }

    /// The commands in it are those for the first license.
    func readmeValues(_ presentation: Presentation) -> [String: TemplateValue] {
        var values = commonValues(presentation)
        values["issuedAt"] = .text(issuedAt.description)
        values["fileName"] = .text("\(bundle).tar")
        values["licenses"] = .list(
            shown.prefix(Self.readmeLimit).map { license in
                [
                    "name": license.name, "id": license.id.description, "folder": license.folder,
                    "notBefore": license.notBefore.description,
                    "expiresAt": license.expiresAt.description,
                ]
            })
        if licenseCount > Self.readmeLimit {
            values["readmeLimit"] = .text(String(Self.readmeLimit))
        }
        if let first = shown.first {
            values["folder"] = .text(first.folder)
            values["secretName"] = .text(DeploymentFiles.secretName(label: first.label))
            if licenseCount > 1 { values["firstName"] = .text(first.name) }
            if tokens.first == .some(nil) {
                for file in ["hasEnvironment", "hasSecret", "hasValues"] {
                    values[file] = .flag(false)
                }
            }
        }
        return values
    }
}
