import CalendarTime
import LicenseToken
import Station
import StrictJSON

extension LicenseView {
    var json: OrderedJSON { .object(members) }

    /// What is shown of a license wherever it appears.
    var members: [OrderedJSON.Member] {
        let all: [(String, OrderedJSON?)] = [
            ("id", .string(id.description)), ("name", .string(name)),
            ("customer", .string(customer)),
            ("description", description.map(OrderedJSON.string)),
            ("notBefore", .string(notBefore.description)),
            ("expiresAt", .string(expiresAt.description)),
            ("issuedAt", .string(issuedAt.description)),
            ("deletedAt", deletedAt.map { .string($0.description) }),
            ("kid", .string(kid.description)), ("run", .integer(run)),
        ]
        return OrderedJSON.Member.present(all)
    }
}
