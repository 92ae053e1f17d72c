package import RFC3339
package import StrictJSON

/// A request for one new license, valid by every rule but those that only the ledger knows.
package struct CreateRequest: Sendable {
    package let name: String
    package let customer: String
    package let description: String?
    package let notBefore: Timestamp
    package let expiresAt: Timestamp
    /// A JSON object; opaque, written as the token shall carry it.
    package let payload: JSONValue
    package let requestID: String?

    /// Where the name stands, for a problem that the ledger finds with it.
    let nameValue: JSONValue
    let pointer: JSONPointer

    /// The name belongs to a live license already.
    package var nameTaken: Problem {
        Problem(
            .nameTaken, at: pointer.appending(member: "name"), position: nameValue.position,
            requestID: requestID,
            "the name is taken, by a live license or an earlier request of this drop: choose another"
        )
    }
}

/// What a drop asks for.
package enum Request: Sendable {
    case create(CreateRequest)
}

/// The rules that a station can set, and the time that "now" and "today" mean.
package struct RequestRules: Sendable {
    /// Names that a payload's own members must not have.
    package var reservedClaims: Set<String>
    package var maximumRequests: Int
    package var maximumProblems: Int
    package var now: Timestamp

    package init(
        reservedClaims: Set<String>, maximumRequests: Int = 100_000, maximumProblems: Int = 100,
        now: Timestamp
    ) {
        self.reservedClaims = reservedClaims
        self.maximumRequests = maximumRequests
        self.maximumProblems = maximumProblems
        self.now = now
    }
}
