import CalendarTime
import LicenseToken
import Signing

extension LicenseBundle {
    /// More would bury what else there is to read.
    private static let readmeLimit = 100

    /// `README.txt`, from the template of that name. Its commands are those for the first license.
    func readme(publicKey: VerificationKey) throws(BundleError) -> [UInt8] {
        var context = commonContext(publicKey: publicKey)
        context["issuedAt"] = issuedAt.description
        context["fileName"] = name.fileName
        context["licenses"] = licenses.prefix(Self.readmeLimit).map { license in
            [
                "name": license.name, "id": license.id.description, "folder": license.folder,
                "notBefore": license.notBefore.description,
                "expiresAt": license.expiresAt.description,
            ]
        }
        if licenses.count > Self.readmeLimit { context["readmeLimit"] = Self.readmeLimit }
        if let first = licenses.first {
            context["folder"] = first.folder
            context["secretName"] = first.secretName
            if licenses.count > 1 { context["firstName"] = first.name }
            if !first.isDeployableAsVariable {
                for file in ["hasEnvironment", "hasSecret", "hasValues"] { context[file] = false }
            }
        }
        return try BundleTemplate.readme.render(context)
    }
}
