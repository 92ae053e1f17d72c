import CalendarTime
import LicenseToken
import Station
import StrictJSON

extension LicenseView {
    func json(at now: Timestamp) -> OrderedJSON { .object(members(at: now)) }

    /// What is shown of a license wherever it appears.
    func members(at now: Timestamp) -> [OrderedJSON.Member] {
        let names: [(String, OrderedJSON?)] = [
            ("id", .string(id.description)), ("name", .string(name)),
            ("customer", .string(customer)),
            ("description", description.map(OrderedJSON.string)),
        ]
        let record: [(String, OrderedJSON?)] = [
            ("issuedAt", .string(issuedAt.description)),
            ("deletedAt", deletedAt.map { .string($0.description) }),
            ("kid", .string(kid.description)), ("run", .integer(run)),
            ("state", .string(state(at: now).rawValue)),
            ("product", origin.product.map { .string($0.name) }),
            ("plan", origin.product?.plan.map(OrderedJSON.string)),
            ("supersedes", origin.supersedes.map { .string($0.description) }),
            ("requestId", origin.requestID.map(OrderedJSON.string)),
        ]
        return OrderedJSON.Member.present(names + term.members + record)
    }
}
