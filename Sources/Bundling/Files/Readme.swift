import LicenseToken
import RFC3339
import Signing

extension LicenseBundle {
    /// `README.txt`, from the template of that name. Its commands are those for the first license.
    func readme(publicKey: VerificationKey) throws(BundleError) -> [UInt8] {
        var context = commonContext(publicKey: publicKey)
        context["licenses"] = licenses.prefix(Self.listedLicenseLimit).map { license in
            [
                "name": license.name, "id": license.id.description, "folder": license.folder,
                "notBefore": license.notBefore.description,
                "expiresAt": license.expiresAt.description,
            ]
        }
        context["fileName"] = name.fileName
        if let first = licenses.first {
            context["first"] = deploymentContext(first)
            if licenses.count > 1 { context["firstName"] = first.name }
        }
        return try BundleTemplate.readme.render(context)
    }
}
