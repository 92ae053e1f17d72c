package import CalendarTime
import StrictJSON

/// The claims of a license token, in the order in which the token has them.
package struct LicenseClaims: Sendable {
    /// The audience of every license token.
    package static let audience = "license-key"

    /// The claims that Coldmint sets itself (RFC 7519, section 4.1); a payload may not name them.
    package static let reservedNames: Set<String> = ["exp", "nbf", "iss", "sub", "aud", "iat"]

    /// Those, and the claims of the license's own term.
    package static func reservedNames(for term: LicenseTerm) -> Set<String> {
        reservedNames.union(term.claimNames)
    }

    package let issuer: String
    package let id: LicenseID
    package let issuedAt: Timestamp
    package let term: LicenseTerm

    /// The payload's members as compact JSON without the braces. Empty where it has none.
    package let payloadMembers: [UInt8]

    package init(
        issuer: String, id: LicenseID, issuedAt: Timestamp, term: LicenseTerm,
        payloadMembers: [UInt8]
    ) {
        self.issuer = issuer
        self.id = id
        self.issuedAt = issuedAt
        self.term = term
        self.payloadMembers = payloadMembers
    }

    /// The JWT Claims Set as compact JSON.
    package func encoded() -> [UInt8] {
        var text = Array(#"{"iss":"#.utf8)
        OrderedJSON.string(issuer).appendCompact(to: &text)
        text += #","sub":"\#(id)","aud":["\#(Self.audience)"]"#.utf8
        text +=
            #","iat":\#(issuedAt.secondsSinceEpoch),"nbf":\#(term.notBefore.secondsSinceEpoch)"#
            .utf8
        if let end = term.endOfGrace { text += #","exp":\#(end.secondsSinceEpoch)"#.utf8 }
        for claim in LicenseTerm.Claim.allCases {
            guard let time = term.value(of: claim) else { continue }
            text += #","\#(claim.rawValue)":\#(time.secondsSinceEpoch)"#.utf8
        }
        text.append(UInt8(ascii: "}"))
        if !payloadMembers.isEmpty {
            text[text.count - 1] = UInt8(ascii: ",")
            text += payloadMembers
            text.append(UInt8(ascii: "}"))
        }
        return text
    }
}
