import StrictJSON

/// One request of a drop. It is valid by every rule that does not depend on other licenses.
package struct Request: Sendable {
    package enum Action: Sendable {
        case create(CreateRequest)
        case update(UpdateRequest)
        case delete(DeleteRequest)
        case deliver(customer: String)
    }

    package let action: Action
    package let requestID: String?

    package var actionName: ActionName {
        switch action {
        case .create: .create
        case .update: .update
        case .delete: .delete
        case .deliver: .deliver
        }
    }

    /// The request in the drop, for problems that show only beside other licenses.
    let object: JSONValue
    let pointer: JSONPointer

    /// A problem with the value of `member`.
    func problem(_ code: Problem.Code, at member: String, _ message: String) -> Problem {
        Problem(
            code, at: pointer.appending(member: member),
            offset: (object.member(member) ?? object).offset, requestID: requestID, message)
    }
}
