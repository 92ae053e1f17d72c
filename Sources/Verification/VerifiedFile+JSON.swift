import Bundles
import CalendarTime
import Console
import LicenseToken
import Signatures
package import StrictJSON

extension VerifiedFile: CheckedFile {
    package var isValid: Bool {
        if case .invalid = content { false } else { true }
    }

    package var json: OrderedJSON {
        switch content {
        case .soundBundle(let bundle, let isTrusted, let cosigners):
            view(of: bundle, isTrusted, cosigners)
        case .validToken(let license): view(of: license)
        case .invalid(let reason):
            .object(["file": .string(file), "valid": false, "reason": .string(reason)])
        }
    }

    private func view(
        of bundle: VerifiedBundle, _ isTrusted: Bool, _ cosigners: [Cosigner]
    ) -> OrderedJSON {
        .object([
            "file": .string(file), "valid": true, "kind": "bundle",
            "bundle": .string(bundle.name), "customer": .string(bundle.customer),
            "issuer": .string(bundle.issuer), "kid": .string("\(KeyID(of: bundle.publicKey))"),
            "fingerprint": .string(PublicKeyPEM.fingerprint(bundle.publicKey).description),
            "trusted": .bool(isTrusted), "introduced": bundle.isIntroduced ? true : nil,
            "log": bundle.log.map { view(of: $0, cosigners) },
            "licenses": .array(bundle.licenses.map(view)),
        ])
    }

    private func view(of log: BundleLogFacts, _ cosigners: [Cosigner]) -> OrderedJSON {
        let unverified = log.unverifiedCosigners(besides: cosigners)
        return .object([
            "origin": .string(log.origin), "index": .integer(log.index),
            "size": .integer(log.size),
            "root": .string(Base64.standard.encodeToString(log.root.bytes)),
            "cosigned": .array(
                cosigners.map {
                    .object([
                        "name": .string($0.name), "size": .integer($0.size),
                        "at": .string($0.time.description),
                    ])
                }),
            "unverified": unverified.isEmpty ? nil : .array(unverified.map { .string($0) }),
        ])
    }

    private func view(of item: VerifiedBundle.Item) -> OrderedJSON {
        let term = item.license.term
        let facts: [(String, OrderedJSON?)] = [
            ("id", .string(item.license.subject)), ("name", .string(item.name)),
        ]
        return .object(
            OrderedJSON.Member.present(facts + members(of: term)) + [
                .init("state", .string(state(of: term).rawValue)),
                .init("path", .string(item.path)),
            ])
    }

    private func view(of license: License) -> OrderedJSON {
        let facts: [(String, OrderedJSON?)] = [
            ("file", .string(file)), ("valid", true), ("kind", "token"),
            ("id", .string(license.subject)), ("issuer", .string(license.issuer)),
        ]
        return .object(
            OrderedJSON.Member.present(facts + members(of: license.term)) + [
                .init("kid", .string("\(license.kid)")), .init("trusted", true),
            ])
    }

    /// The end of grace only where it is another than that of the term.
    private func members(of term: License.Term) -> [(String, OrderedJSON?)] {
        let endOfGrace = term.endOfGrace == term.expiresAt ? nil : term.endOfGrace
        let times: [(String, Timestamp?)] = [
            ("notBefore", term.notBefore), ("expiresAt", term.expiresAt),
            ("endOfGrace", endOfGrace), ("noticeFrom", term.noticeFrom),
            ("maintainedUntil", term.maintainedUntil),
        ]
        return times.map { name, time in (name, time.map { .string($0.description) }) }
    }
}
