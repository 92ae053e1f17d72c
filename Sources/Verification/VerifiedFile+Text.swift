import Bundles
import CalendarTime
import Console
import LicenseToken
import Signatures

extension VerifiedFile {
    package var lines: [String] {
        switch content {
        case .soundBundle(let bundle, _, let cosigners):
            [
                "\(file): bundle \(bundle.name) for \(bundle.customer), issued by "
                    + "\(bundle.issuer), is sound; \(counted(bundle.licenses.count, "license"))"
            ] + keyLines(of: bundle) + logLines(of: bundle, cosigners) + bundle.licenses.map(line)
        case .validToken(let license):
            [
                "\(file): license \(license.subject), issued by \(license.issuer), "
                    + validity(license.term)
            ]
        case .invalid(let reason): ["\(file): not valid: \(reason)"]
        }
    }

    /// What the verdict leaves open.
    package var warnings: [String] {
        guard case .soundBundle(let bundle, isTrusted: false, _) = content else { return [] }
        let fingerprint = PublicKeyPEM.fingerprint(bundle.publicKey)
        return [
            "\(file): the key in the bundle itself was used, its fingerprint is \(fingerprint): "
                + "compare it with the vendor's by another way, or give --public-key"
        ]
    }

    /// Which key has signed it, where that is not the one that was given.
    private func keyLines(of bundle: VerifiedBundle) -> [String] {
        guard bundle.isIntroduced else { return [] }
        return [
            "  signed by a newer key, for which the given one has signed in keys.jws: keep "
                + "public-key.pem of this bundle, its fingerprint is "
                + "\(PublicKeyPEM.fingerprint(bundle.publicKey))"
        ]
    }

    /// What it proves of the vendor's log, and who has cosigned that.
    private func logLines(of bundle: VerifiedBundle, _ cosigners: [Cosigner]) -> [String] {
        guard let log = bundle.log else { return [] }
        var lines = ["  in the log \(log.origin) as entry \(log.index) of \(log.size)"]
        lines += cosigners.map {
            "  cosigned by \($0.name) at \($0.time), at the size of \($0.size)"
        }
        let others = log.unverifiedCosigners(besides: cosigners)
        if !others.isEmpty {
            lines.append(
                "  cosigned by \(others.joined(separator: ", ")), it says: give their keys with "
                    + "--witness")
        }
        return lines
    }

    private func line(of item: VerifiedBundle.Item) -> String {
        let term = item.license.term
        return "  \(item.license.subject)  \(term.notBefore.dateOnly) to "
            + "\(term.expiresAt?.dateOnly ?? "never     ")  \(state(of: term).rawValue)  \(item.name)"
    }

    private func validity(_ term: License.Term) -> String {
        guard let end = term.expiresAt else { return "is valid and has no end" }
        guard state(of: term) == .inGrace, let endOfGrace = term.endOfGrace else {
            return "is valid until \(end)"
        }
        return "ended at \(end), and is valid until \(endOfGrace), the end of grace: renew it"
    }

    /// A license may be over, or not have begun, in a bundle that is sound.
    func state(of term: License.Term) -> LicenseState {
        LicenseState(
            from: term.notBefore, until: term.expiresAt, endOfGrace: term.endOfGrace,
            at: verifiedAt)
    }
}
