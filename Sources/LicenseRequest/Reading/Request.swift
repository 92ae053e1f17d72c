package import CalendarTime
package import LicenseToken
package import StrictJSON

/// One request of a drop, valid by every rule but those that depend on other licenses.
package struct Request: Sendable {
    package enum Action: Sendable {
        case create(CreateRequest)
        case update(UpdateRequest)
        case delete(DeleteRequest)
        case deliver(customer: String)
    }

    package let action: Action
    package let requestID: String?

    /// Where it stands, for problems that only a look at other licenses finds.
    let object: JSONValue
    let pointer: JSONPointer

    /// A problem with the member's value.
    func problem(_ code: Problem.Code, at member: String, _ message: String) -> Problem {
        Problem(
            code, at: pointer.appending(member: member),
            position: (object.member(member) ?? object).position, requestID: requestID, message)
    }
}

/// A new license.
package struct CreateRequest: Sendable {
    package let name: String
    package let customer: String
    package let description: String?
    package let notBefore: Timestamp
    package let expiresAt: Timestamp
    /// A JSON object; opaque, written as the token shall carry it.
    package let payload: JSONValue
}

/// Another name, another description, or both, for a license that exists.
package struct UpdateRequest: Sendable {
    package enum Description: Sendable, Hashable {
        case replaced(String)
        case cleared
    }

    package let license: LicenseID
    /// `nil` where it stays as it is.
    package let name: String?
    package let description: Description?
}

/// The end of a license; its name is the confirmation.
package struct DeleteRequest: Sendable {
    package let license: LicenseID
    package let name: String
}
