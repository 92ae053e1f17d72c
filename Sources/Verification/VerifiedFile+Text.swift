import Bundles
import CalendarTime
import Console
import LicenseToken
import Signatures

extension VerifiedFile {
    package var lines: [String] {
        switch content {
        case .soundBundle(let bundle, _):
            [
                "\(file): bundle \(bundle.name) for \(bundle.customer), issued by "
                    + "\(bundle.issuer), is sound; \(counted(bundle.licenses.count, "license"))"
            ] + bundle.licenses.map(line)
        case .validToken(let license):
            [
                "\(file): license \(license.subject), issued by \(license.issuer), is valid until "
                    + "\(license.term.expiresAt)"
            ]
        case .invalid(let reason): ["\(file): not valid: \(reason)"]
        }
    }

    /// What the verdict leaves open.
    package var warnings: [String] {
        guard case .soundBundle(let bundle, isTrusted: false) = content else { return [] }
        let fingerprint = PublicKeyPEM.fingerprint(bundle.publicKey)
        return [
            "\(file): the key in the bundle itself was used, its fingerprint is \(fingerprint): "
                + "compare it with the vendor's by another way, or give --public-key"
        ]
    }

    private func line(of item: VerifiedBundle.Item) -> String {
        let term = item.license.term
        return "  \(item.license.subject)  \(term.notBefore.dateOnly) to "
            + "\(term.expiresAt.dateOnly)  \(state(of: term).rawValue)  \(item.name)"
    }

    /// A license may be over, or not have begun, in a bundle that is sound.
    func state(of term: License.Term) -> LicenseState {
        LicenseState(from: term.notBefore, until: term.expiresAt, at: verifiedAt)
    }
}
