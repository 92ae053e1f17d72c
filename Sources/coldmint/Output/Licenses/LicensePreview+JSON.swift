import CalendarTime
import LicenseToken
import Station
import StrictJSON

extension LicensePreview {
    var json: OrderedJSON {
        let facts: [(String, OrderedJSON?)] = [
            ("name", .string(name)), ("customer", .string(customer)),
            ("newCustomer", isNewCustomer.map(OrderedJSON.bool)),
        ]
        let origin: [(String, OrderedJSON?)] = [
            ("product", product.map { .string($0.name) }),
            ("plan", product?.plan.map(OrderedJSON.string)),
            ("supersedes", succession.map { .string($0.predecessor.description) }),
            ("changes", succession.map { .array($0.changes.map(OrderedJSON.string)) }),
        ]
        return .object(OrderedJSON.Member.present(facts + term.members + origin))
    }
}

extension LicenseTerm {
    /// As requests and licenses have them.
    var members: [(String, OrderedJSON?)] {
        [
            ("notBefore", .string(notBefore.description)),
            ("expiresAt", expiresAt.map { .string($0.description) }),
            ("graceDays", graceDays.map { .integer(Int64($0)) }),
            ("noticeDays", noticeDays.map { .integer(Int64($0)) }),
            ("maintainedUntil", maintainedUntil.map { .string($0.description) }),
        ]
    }
}
