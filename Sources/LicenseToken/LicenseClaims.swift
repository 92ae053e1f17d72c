package import CalendarTime
import StrictJSON

/// The claims of a license token, in the order in which the token has them.
package struct LicenseClaims: Sendable {
    /// The audience of every license token.
    package static let audience = "license-key"

    /// The claims that Coldmint sets itself (RFC 7519, section 4.1); a payload may not name them.
    package static let reservedNames: Set<String> = ["exp", "nbf", "iss", "sub", "aud", "iat"]

    package let issuer: String
    package let id: LicenseID
    package let issuedAt: Timestamp
    package let notBefore: Timestamp
    package let expiresAt: Timestamp

    /// The payload's members as compact JSON without the braces. Empty where it has none.
    package let payloadMembers: [UInt8]

    package init(
        issuer: String, id: LicenseID, issuedAt: Timestamp, notBefore: Timestamp,
        expiresAt: Timestamp, payloadMembers: [UInt8]
    ) {
        self.issuer = issuer
        self.id = id
        self.issuedAt = issuedAt
        self.notBefore = notBefore
        self.expiresAt = expiresAt
        self.payloadMembers = payloadMembers
    }

    /// The JWT Claims Set as compact JSON.
    package func encoded() -> [UInt8] {
        var text = Array(#"{"iss":"#.utf8)
        OrderedJSON.string(issuer).appendCompact(to: &text)
        text += #","sub":"\#(id)","aud":["\#(Self.audience)"]"#.utf8
        text += #","iat":\#(issuedAt.secondsSinceEpoch),"nbf":\#(notBefore.secondsSinceEpoch)"#.utf8
        text += #","exp":\#(expiresAt.secondsSinceEpoch)}"#.utf8
        if !payloadMembers.isEmpty {
            text[text.count - 1] = UInt8(ascii: ",")
            text += payloadMembers
            text.append(UInt8(ascii: "}"))
        }
        return text
    }
}
