import CalendarTime
import Ledger
package import LicenseToken
import Signing
package import StrictJSON

/// A key as the vendor sees it.
package struct KeyView: Sendable {
    package let kid: KeyID
    /// `active`, `standby` or `retired`.
    package let state: String
    package let createdAt: String
    /// SHA-256 of the public half as SPKI, as bundles and `verify` show it.
    package let fingerprint: String
    /// The same for two people on the telephone.
    package let spokenFingerprint: String
    /// What was done with the key and when, in order.
    package let history: [(event: String, at: String)]
    /// Since when the key has been in its state.
    package var stateSince: String { history.last?.at ?? createdAt }
    let publicKey: VerificationKey

    fileprivate init(_ record: KeyRecord, _ events: [KeyEventRecord]) {
        kid = record.kid
        state = record.state.rawValue
        createdAt = record.createdAt.description
        fingerprint = PublicKeyPEM.fingerprint(record.publicKey).description
        spokenFingerprint = SpokenFingerprint.text(of: PublicKeyPEM.fingerprint(record.publicKey))
        history = events.filter { $0.kid == record.kid }
            .map { ($0.kind.rawValue, $0.time.description) }
        publicKey = record.publicKey
    }

    package var json: OrderedJSON {
        .object([
            "kid": .string(kid.description), "state": .string(state),
            "createdAt": .string(createdAt),
            "fingerprint": .string(fingerprint), "spokenFingerprint": .string(spokenFingerprint),
            "history": .array(
                history.map { .object(["event": .string($0.event), "at": .string($0.at)]) }),
        ])
    }
}

/// How a public key is exported.
package enum PublicKeyForm: String, Sendable, CaseIterable {
    /// SubjectPublicKeyInfo (RFC 8410).
    case pem
    /// RFC 8037.
    case jwk
    /// RFC 7517.
    case jwks
}

extension OpenStation {
    /// Every key there has been, oldest first.
    package func keyViews() throws(StationFailure) -> [KeyView] {
        let (records, events) = try fromLedger { ledger throws(LedgerError) in
            (try ledger.keys(), try ledger.keyEvents())
        }
        return records.map { KeyView($0, events) }
    }

    /// The key whose thumbprint begins so, where there is one such; the active key for `nil`.
    package func keyView(_ beginning: String?) throws(StationFailure) -> KeyView {
        let views = try keyViews()
        let found = views.filter {
            beginning.map($0.kid.description.hasPrefix)
                ?? ($0.state == KeyRecord.State.active.rawValue)
        }
        guard let key = found.first else {
            throw StationFailure(
                .noInput,
                "there is no key '\(beginning ?? "active")': 'coldmint keys list' shows all")
        }
        guard found.count == 1 else {
            throw StationFailure(
                .usage, "'\(beginning ?? "")' is the beginning of \(found.count) keys: write more")
        }
        return key
    }

    /// The public half of a key; as JWKS without a key, of every key there has been, so that old
    /// tokens can be verified too.
    package func exportPublic(
        _ kid: String?, as form: PublicKeyForm
    ) throws(StationFailure) -> String {
        switch form {
        case .pem: return PublicKeyPEM.encode(try keyView(kid).publicKey)
        case .jwk: return JWK(try keyView(kid).publicKey).json.prettyText + "\n"
        case .jwks:
            let keys = try kid == nil ? keyViews() : [keyView(kid)]
            return JWKSet(keys.map { JWK($0.publicKey) }).json.prettyText + "\n"
        }
    }
}
