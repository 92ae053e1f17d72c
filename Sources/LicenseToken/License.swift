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
    /// The time from which the license is not valid any more (claim `exp`), a whole second. `nil`
    /// where the license has no end.
    public var expiresAt: Date? { term.endOfGrace?.date }
    /// The end of the term that was agreed on (claim `license_expires`, or `exp` where there is none),
    /// a whole second. From then until `expiresAt` the application goes on, and says that the license
    /// has to be renewed. `nil` where the license has no end.
    public var endOfTerm: Date? { term.expiresAt?.date }
    /// The time from which the application should remind of the end (claim `license_notice`), a whole
    /// second and no later than `endOfTerm`. `nil` where nothing was said, or there is no end.
    public var noticeFrom: Date? { term.noticeFrom?.date }
    /// The last time at which a version of the application may have been released to be covered (claim
    /// `license_maintained`), a whole second. `nil` where all versions are. See `covers(releasedAt:)`.
    public var maintainedUntil: Date? { term.maintainedUntil?.date }

    /// The times that a token gives.
    package struct Term: Sendable, Hashable {
        package let issuedAt: Timestamp
        package let notBefore: Timestamp
        /// The end of the term.
        package let expiresAt: Timestamp?
        /// The claim `exp`.
        package let endOfGrace: Timestamp?
        package let noticeFrom: Timestamp?
        package let maintainedUntil: Timestamp?
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
            claims, issuedAt: try Self.date("iat", in: claims),
            notBefore: try Self.date("nbf", in: claims),
            exp: claims.member("exp") == nil ? nil : try Self.date("exp", in: claims))
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

extension License {
    /// What an application does about the end of its license, while the license is valid.
    public enum Phase: String, Sendable, Hashable, CaseIterable {
        /// Go on.
        case valid
        /// Go on, and remind whoever can renew the license that its term is about to end.
        case notice
        /// The term is over, and grace is not: go on, and warn everybody.
        case grace
    }

    /// Returns the phase that the license is in. Ask again from time to time in a process that runs
    /// for days: `LicenseVerifier.verify` has looked once.
    ///
    /// Each phase begins at its time and lasts until just before the next: `notice` from
    /// `noticeFrom`, `grace` from `endOfTerm`, to just before `expiresAt`.
    ///
    /// - Parameters:
    ///   - date: the present time.
    ///   - leeway: the number of seconds by which the clock may be off. It puts off refusals only: a
    ///     license that is valid thanks to it is in grace, or has just begun.
    /// - Throws: `TokenError.notYetValid` before the term, `.expired` from `expiresAt` on.
    public func phase(
        at date: Date = Date(), leeway: TimeInterval = 0
    ) throws(TokenError) -> Phase {
        guard date.addingTimeInterval(leeway) >= notBefore else {
            throw .notYetValid(since: term.notBefore.description)
        }
        if let end = term.endOfGrace, date.addingTimeInterval(-leeway) >= end.date {
            throw .expired(since: end.description)
        }
        if let endOfTerm, date >= endOfTerm { return .grace }
        if let noticeFrom, date >= noticeFrom { return .notice }
        return .valid
    }

    /// Whether the license covers a version of the application: it was released no later than
    /// `maintainedUntil`, or there is no such time.
    ///
    /// - Parameter release: the time at which the version was released, which its build fixes; never
    ///   the present time. For a day take its beginning in UTC, as Coldmint does.
    public func covers(releasedAt release: Date) -> Bool {
        maintainedUntil.map { release <= $0 } ?? true
    }
}

extension License.Term {
    /// A vendor's own claims may have the names of those of the term: what cannot be a time of this
    /// term is none.
    fileprivate init(
        _ claims: JSONValue, issuedAt: Timestamp, notBefore: Timestamp, exp: Timestamp?
    ) {
        func time(_ claim: LicenseTerm.Claim) -> Timestamp? {
            claims.member(claim.rawValue)?.integer.flatMap {
                Timestamp(secondsSinceEpoch: Int64($0))
            }
        }
        self.issuedAt = issuedAt
        self.notBefore = notBefore
        endOfGrace = exp
        expiresAt = exp.map { exp in
            time(.end).flatMap { notBefore < $0 && $0 <= exp ? $0 : nil } ?? exp
        }
        noticeFrom = expiresAt.flatMap { end in
            time(.notice).flatMap { $0 <= end ? $0 : nil }
        }
        maintainedUntil = time(.maintained)
    }

    /// Whether a token with these times is one of a license with that term. What is said only in the
    /// token may be the vendor's own.
    package func agrees(with term: LicenseTerm) -> Bool {
        notBefore == term.notBefore && endOfGrace == term.endOfGrace
            && (term.graceDays == nil || expiresAt == term.expiresAt)
            && (term.noticeFrom == nil || noticeFrom == term.noticeFrom)
            && (term.maintainedUntil == nil || maintainedUntil == term.maintainedUntil)
    }
}

extension Timestamp {
    var date: Date {
        Date(timeIntervalSince1970: TimeInterval(secondsSinceEpoch))
    }
}
