import LicenseToken
import PlainText
import Signing

extension LicenseBundle {
    /// Holds what the bundle will say of its licenses against their tokens, and the keys that it
    /// hands out against what they are needed for. All of it comes from the ledger, where a
    /// foreign hand or a failing disk may have changed a value.
    func checkAgreement(
        of licenses: [BundledLicense], signedBy key: VerificationKey
    ) throws(BundleError) {
        guard keys.keys.first?.key == key, Set(keys.keys).count == keys.keys.count else {
            throw .contradiction("the first key in jwks.json is not the one in public-key.pem")
        }
        var form: TokenForm?
        for license in licenses {
            if form?.matches(license.license) != true {
                guard keys.key(license.kid) != nil else {
                    throw .token(
                        license.tokenPath, .unknownKey(kid: license.kid.description))
                }
                form = TokenForm(issuer: license.issuer, kid: license.kid)
            }
            guard form?.agrees(with: license.license) == true else {
                throw .contradiction(
                    "manifest.json would say of \(license.tokenPath) what its token does not: its "
                        + "id, issuer, term or kid")
            }
            guard !license.name.hasControls, !license.issuer.hasControls else {
                throw .contradiction("the name of \(license.tokenPath) holds a control character")
            }
        }
    }

    /// The licenses in the order of their folders' paths, each of which is there once.
    func sortedLicenses() throws(BundleError) -> [BundledLicense] {
        // With the slash that follows, which comes after a hyphen.
        let sorted = licenses.enumerated().map { (path: $1.folderPath, index: $0) }
            .sorted { $0.path.lexicographicallyPrecedes($1.path) }
        for (one, next) in zip(sorted, sorted.dropFirst()) where one.path == next.path {
            throw .contradiction("two licenses have the folder \(licenses[next.index].folder)")
        }
        return sorted.map { licenses[$0.index] }
    }
}
