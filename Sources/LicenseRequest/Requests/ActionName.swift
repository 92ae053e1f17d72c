/// What a request asks for: the values of its member `action`.
package enum ActionName: String, Sendable, CaseIterable {
    case create, update, delete, deliver

    /// The members that such a request may have.
    var members: [String] {
        switch self {
        case .create: Self.createMembers
        case .update: Self.updateMembers
        case .delete: Self.deleteMembers
        case .deliver: Self.deliverMembers
        }
    }

    private static let everyMembers = ["action", "requestId"]
    private static let createMembers =
        everyMembers + [
            "name", "customer", "description", "notBefore", "expiresAt", "payload", "product",
            "plan", "graceDays", "noticeDays", "maintainedUntil", "supersedes",
        ]
    private static let updateMembers = everyMembers + ["license", "name", "description"]
    private static let deleteMembers = everyMembers + ["license", "name"]
    private static let deliverMembers = everyMembers + ["customer"]

    package static let allMembers = Set(allCases.flatMap(\.members))
}
