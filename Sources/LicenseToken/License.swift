package import CalendarTime
public import Foundation
import StrictJSON

/// A license whose token has been verified.
public struct License: Sendable {
    /// The vendor, as a URL (`iss`).
    public let issuer: String
    /// The license's UUID (`sub`), lower case.
    public let subject: String
    /// When it was issued (`iat`).
    public var issuedAt: Date { term.issuedAt.date }
    /// When its term begins (`nbf`).
    public var notBefore: Date { term.notBefore.date }
    /// When its term ends (`exp`); it is not valid at that instant.
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

    /// The vendor's own claims (seats, plan, modules, …) in a type of the application's.
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
