package import CalendarTime
public import FoundationEssentials
import StrictJSON

/// The license that a verified token holds.
public struct License: Sendable {
    /// The vendor's URL, as it stands in the token (claim `iss`).
    public let issuer: String
    /// The license's id (claim `sub`): a UUID of 36 characters, lower case.
    public let subject: String
    /// The time at which the license was issued (claim `iat`), a whole second.
    public var issuedAt: Date { term.issuedAt.date }
    /// The time from which the license is valid (claim `nbf`), a whole second.
    public var notBefore: Date { term.notBefore.date }
    /// The time from which the license is not valid any more (claim `exp`), a whole second.
    public var expiresAt: Date { term.expiresAt.date }

    package struct Term: Sendable, Hashable {
        package let issuedAt: Timestamp
        package let notBefore: Timestamp
        package let expiresAt: Timestamp
    }

    package let term: Term
    package let kid: KeyID
    private let claims: JSONDocument

    init(claims document: JSONDocument, kid: KeyID) throws(TokenError) {
        let claims = document.root
        issuer = try Self.string("iss", in: claims)
        subject = try Self.string("sub", in: claims)
        guard Self.names(LicenseClaims.audience, in: claims.member("aud")) else {
            throw .wrongAudience
        }
        term = Term(
            issuedAt: try Self.date("iat", in: claims), notBefore: try Self.date("nbf", in: claims),
            expiresAt: try Self.date("exp", in: claims))
        self.kid = kid
        self.claims = document
    }

    /// Decodes the vendor's own claims (seats, plan, modules, …), which stand beside the registered
    /// ones at the top level of the token.
    ///
    /// - Parameter type: a type of the application. Foundation's `JSONDecoder` decodes it, so that
    ///   claims that the type does not name are left out.
    /// - Throws: `TokenError.unexpectedPayload`, which says what is missing or of another type.
    public func decodePayload<Payload: Decodable>(
        as type: Payload.Type
    ) throws(TokenError) -> Payload {
        do {
            return try JSONDecoder().decode(type, from: Data(claims.bytes))
        } catch {
            throw .unexpectedPayload(String(describing: error))
        }
    }

    private static func string(_ name: String, in claims: JSONValue) throws(TokenError) -> String {
        guard let text = claims.member(name)?.string else { throw .missingClaim(name) }
        return text
    }

    private static func date(_ name: String, in claims: JSONValue) throws(TokenError) -> Timestamp {
        guard
            let seconds = claims.member(name)?.integer,
            let date = Timestamp(secondsSinceEpoch: Int64(seconds))
        else { throw .missingClaim(name) }
        return date
    }

    /// `aud` is one string or an array of them (RFC 7519, section 4.1.3).
    private static func names(_ audience: String, in claim: JSONValue?) -> Bool {
        claim?.string == audience || claim?.elements.contains { $0.string == audience } == true
    }
}

extension Timestamp {
    fileprivate var date: Date {
        Date(timeIntervalSince1970: TimeInterval(secondsSinceEpoch))
    }
}
