import CalendarTime
import LicenseRequest
import Station
import StrictJSON

extension ProductView {
    /// Without the schema.
    var summary: OrderedJSON { .object(members) }

    var json: OrderedJSON { .object(members + [.init("payload", schema)]) }

    private var members: [OrderedJSON.Member] {
        let plans = plans.map { OrderedJSON.Member($0.name, $0.claims) }
        return OrderedJSON.Member.present([
            ("name", .string(product.name)), ("title", product.title.map(OrderedJSON.string)),
            ("sha256", .string(sha256)),
            ("plans", plans.isEmpty ? nil : .object(plans)), ("term", product.term.json),
            ("approvals", product.approvals.map { .integer(Int64($0)) }),
        ])
    }
}

extension TermRules {
    fileprivate var json: OrderedJSON? {
        let members = OrderedJSON.Member.present([
            ("default", standard.map { .string($0.description) }),
            ("maximum", maximum.map { .string($0.description) }),
            ("graceDays", graceDays.map { .integer(Int64($0)) }),
            ("noticeDays", noticeDays.map { .integer(Int64($0)) }),
            ("perpetual", allowsPerpetual.map(OrderedJSON.bool)),
            ("endOfDay", endsWithDay ? .bool(true) : nil),
        ])
        return members.isEmpty ? nil : .object(members)
    }
}
