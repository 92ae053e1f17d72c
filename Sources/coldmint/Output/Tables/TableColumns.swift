import StrictJSON

/// The columns of a table, which are members of objects in JSON, in their order.
struct TableColumns {
    let names: [String]

    /// A license of the station's.
    static let ofLicenses = TableColumns(names: [
        "id",
        "name",
        "customer",
        "description",
        "notBefore",
        "expiresAt",
        "graceDays",
        "noticeDays",
        "maintainedUntil",
        "issuedAt",
        "deletedAt",
        "kid",
        "run",
        "state",
        "product",
        "plan",
        "supersedes",
        "requestId",
    ])

    /// A renewal: members of requests, which `coldmint requests` takes as they are.
    static let ofRenewals = TableColumns(names: [
        "action",
        "requestId",
        "name",
        "customer",
        "description",
        "product",
        "plan",
        "notBefore",
        "expiresAt",
        "graceDays",
        "noticeDays",
        "maintainedUntil",
        "supersedes",
        "payload",
    ])

    /// What stands in the columns for an object; where it has no such member, nothing.
    func cells(of object: OrderedJSON) -> [String] {
        guard case .object(let members) = object else { return names.map { _ in "" } }
        var next = members.startIndex
        return names.map { name in
            // They come in the same order, and there may be very many objects.
            let index =
                members[next...].firstIndex { $0.name == name }
                ?? members.firstIndex { $0.name == name }
            guard let index else { return "" }
            next = members.index(after: index)
            return Self.text(of: members[index].value)
        }
    }

    private static func text(of value: OrderedJSON) -> String {
        if case .string(let text) = value { text } else { value.compactText }
    }
}
