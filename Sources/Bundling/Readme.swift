import LicenseToken
import Mustache
import RFC3339
import Signing

extension LicenseBundle {
    /// `README.txt`, from the template of that name.
    func readme(publicKey: VerificationKey) throws(BundleError) -> [UInt8] {
        let source = String(decoding: PackageResources.README_txt_mustache, as: UTF8.self)
        guard let template = try? MustacheTemplate(string: source) else {
            throw .malformed("README.txt.mustache")
        }
        let context: [String: Any] = [
            "customer": name.customer,
            "bundle": name.description,
            "issuedAt": issuedAt.description,
            "issuer": issuer,
            "fingerprint": PublicKeyPEM.fingerprint(publicKey).description,
            "licenses": licenses.map {
                [
                    "name": $0.name, "id": $0.id.description, "path": $0.tokenPath,
                    "notBefore": $0.notBefore.description, "expiresAt": $0.expiresAt.description,
                ]
            },
        ]
        return Array(template.render(context).utf8)
    }
}
