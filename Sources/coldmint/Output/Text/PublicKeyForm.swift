import ArgumentParser
import LicenseToken
import Station
import StrictJSON

/// How public keys are exported.
enum PublicKeyForm: String, CaseIterable, ExpressibleByArgument {
    /// SubjectPublicKeyInfo (RFC 8410).
    case pem
    /// RFC 8037.
    case jwk
    /// RFC 7517.
    case jwks
}

extension KeyView {
    var pem: String { PublicKeyPEM.encode(publicKey) }

    var jwk: String { JWK(publicKey).json.prettyText + "\n" }

    static func jwks(_ keys: [KeyView]) -> String {
        JWKSet(keys.map { JWK($0.publicKey) }).json.prettyText + "\n"
    }
}
