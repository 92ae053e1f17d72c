import CalendarTime
import Station
import StrictJSON

extension CustomerView {
    var json: OrderedJSON { .object(members) }

    fileprivate var members: [OrderedJSON.Member] {
        OrderedJSON.Member.present([
            ("customer", .string(customer)),
            ("counts", counts.json), ("since", .string(since.description)),
            ("nextEnd", nextEnd.map { .string($0.description) }),
        ])
    }
}

extension CustomerDetails {
    func json(with licenses: [OrderedJSON]) -> OrderedJSON {
        .object(
            customer.members + [
                .init("licenses", .array(licenses)), .init("bundles", .array(bundles.map(\.json))),
            ])
    }
}

extension CustomerDetails.Bundle {
    fileprivate var json: OrderedJSON {
        .object([
            "bundle": .string(path), "run": .integer(run), "at": .string(time.description),
            "licenses": .integer(licenseCount),
        ])
    }
}
