import Signatures
import StrictJSON

/// How the tokens of one issuer begin that one key signs: header and registered claims have one
/// form, in one order.
package struct TokenForm: Sendable {
    private let issuer: String
    private let kid: KeyID
    /// The encoded header with the dot behind it.
    private let header: [UInt8]

    package init(issuer: String, kid: KeyID) {
        self.issuer = issuer
        self.kid = kid
        header = Self.encodedHeader(kid: kid) + [UInt8(ascii: ".")]
    }

    /// The first part of every token that a key signs.
    package static func encodedHeader(kid: KeyID) -> [UInt8] {
        let header = OrderedJSON.object([
            "alg": "EdDSA", "kid": .string(kid.description), "typ": "JWT",
        ])
        return Base64.url.encodePublic(header.compact())
    }

    /// Whether the license's record names this issuer and key.
    package func matches(_ license: IssuedLicense) -> Bool {
        license.kid == kid && license.issuer.utf8.elementsEqual(issuer.utf8)
    }

    /// Whether the token says of the license what its record says: key, issuer, id, the time of
    /// issue and the term. Does not look at the signature.
    package func agrees(with license: IssuedLicense) -> Bool {
        guard matches(license) else { return false }
        let claims = LicenseClaims(
            issuer: issuer, id: license.id, issuedAt: license.issuedAt,
            term: license.term, payloadMembers: [])
        let beginning = claims.encoded().dropLast()
        // Three bytes are four characters; what is left over is decoded with what follows it.
        let whole = beginning.count / 3 * 3
        let expected = header + Base64.url.encodePublic(Array(beginning.prefix(whole)))
        let token = Array(license.token.utf8)
        guard token.starts(with: expected) else { return false }
        let group = token.dropFirst(expected.count).prefix { $0 != UInt8(ascii: ".") }.prefix(4)
        guard let rest = Base64.url.decode(group) else { return false }
        let end = beginning.dropFirst(whole)
        let next = rest.dropFirst(end.count).first
        return rest.starts(with: end)
            && (next == UInt8(ascii: ",") || next == UInt8(ascii: "}"))
    }
}
