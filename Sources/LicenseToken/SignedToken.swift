package import Signatures
package import StrictJSON

/// A token split into its parts, whose signature has not been verified yet.
package struct SignedToken: Sendable {
    /// No token is as long as this. Longer input is refused before any work is done on it.
    package static let maximumByteCount = 64 << 20

    /// The id of the key that it says has signed it, as the header gives it. `nil` where it names none.
    package let kid: String?
    private let claimsBytes: [UInt8]
    private let signedBytes: [UInt8]
    private let signature: Signature

    package init(_ text: String) throws(TokenError) {
        guard text.utf8.count <= Self.maximumByteCount else { throw .malformedToken }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard
            parts.count == 3,
            let header = Self.object(inBase64: parts[0]),
            let claimsBytes = Base64.url.decode(parts[1]),
            let signatureBytes = Base64.url.decode(parts[2]),
            let signature = Signature(bytes: signatureBytes)
        else { throw .malformedToken }
        try Self.checkAlgorithm(header: header.root)
        kid = header.root.member("kid")?.string
        self.claimsBytes = claimsBytes
        self.signature = signature
        signedBytes = Array(text.utf8.prefix(parts[0].count + 1 + parts[1].count))
    }

    /// The claims. Verify the signature first, so that an altered token is reported as altered even
    /// where its claims are no JSON any more.
    package func claims() throws(TokenError) -> JSONDocument {
        // What is wrong with the JSON is thrown away: whoever signed it was no issuer of licenses.
        guard let document = try? JSONDocument.parse(claimsBytes), document.root.kind == .object
        else { throw .malformedToken }
        return document
    }

    /// The payload's members, in their order and as they were written.
    ///
    /// - Parameter term: of the license, which says what claims of it there are.
    package func payload(of term: LicenseTerm) throws(TokenError) -> OrderedJSON {
        .object(
            try ownClaims(besides: term).map {
                OrderedJSON.Member($0.name, .text(Array($0.text.utf8)))
            })
    }

    func ownClaims(besides term: LicenseTerm) throws(TokenError) -> [Succession.Claim] {
        let reserved = LicenseClaims.reservedNames(for: term)
        return try claims().root.members.filter { !reserved.contains($0.name) }
            .map { Succession.Claim($0) }
    }

    package func verifySignature(by key: VerificationKey) throws(TokenError) {
        guard key.isValid(signature, for: signedBytes) else { throw .badSignature }
    }

    /// The algorithm is pinned to EdDSA (RFC 8725, section 3.1). A token with `crit` extensions must
    /// be refused (RFC 7515, section 4.1.11), since none is understood here.
    private static func checkAlgorithm(header: JSONValue) throws(TokenError) {
        guard header.member("alg")?.string == "EdDSA", header.member("crit") == nil else {
            throw .unsupportedHeader
        }
    }

    private static func object(inBase64 text: some Sequence<UInt8>) -> JSONDocument? {
        // What is wrong with the JSON is thrown away: the token is malformed either way.
        guard
            let bytes = Base64.url.decode(text),
            let document = try? JSONDocument.parse(bytes),
            document.root.kind == .object
        else { return nil }
        return document
    }
}
