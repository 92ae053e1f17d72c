import Bundles
import LicenseToken
import PlainText
import Signatures

extension BundleOutline {
    /// Holds what the bundle will say of a license against its token. All of it comes from the
    /// ledger, where a foreign hand or a failing disk may have changed a value.
    mutating func checkAgreement(of license: BundledLicense) throws(BundleError) {
        if form?.matches(license.license) != true {
            form = TokenForm(issuer: license.issuer, kid: license.kid)
        }
        guard form?.agrees(with: license.license) == true else {
            throw .contradiction(
                "manifest.json would say of \(license.tokenPath) what its token does not: its "
                    + "id, issuer, term or kid")
        }
        guard license.secretName != nil else {
            throw .contradiction("\(license.tokenPath) has a customer or product of no such name")
        }
        guard !license.name.hasControls, !license.issuer.hasControls else {
            throw .contradiction("the name of \(license.tokenPath) holds a control character")
        }
    }

    /// Holds the keys that the bundle hands out against what they are needed for.
    func check(_ keys: JWKSet, signedBy key: VerificationKey) throws(BundleError) {
        guard keys.keys.first?.key == key, Set(keys.keys).count == keys.keys.count else {
            throw .contradiction("the first key in jwks.json is not the one in public-key.pem")
        }
        for (kid, path) in signedPaths where keys.key(kid) == nil {
            throw .token(path, .unknownKey(kid: kid.description))
        }
    }

    /// Brings the licenses into the order of their folders' paths, each of which is there once.
    mutating func sort() throws(BundleError) {
        // With the slash that follows, which comes after a hyphen.
        places.sort { $0.folder.lexicographicallyPrecedes($1.folder) }
        for (one, next) in zip(places, places.dropFirst()) where one.folder == next.folder {
            let folder = String(decoding: next.folder.dropLast(), as: UTF8.self)
            throw .contradiction("two licenses have the folder \(folder)")
        }
    }

    /// Holds what the bundle carries of the log against its licenses and keys.
    func check(
        _ log: LogEvidence?, _ keys: JWKSet, signedBy key: VerificationKey
    ) throws(BundleError) {
        guard let log else { return }
        let check = LogCheck(
            bundle: head.name, issuedAt: head.issuedAt, tokens: places.map(\.tokenDigest),
            publicKey: key, keys: keys)
        _ = try check.facts(of: log)
    }
}
