import CalendarTime
import Console
import Station
import StrictJSON

extension KeyView: PrintableResult {
    var json: OrderedJSON {
        .object([
            "kid": .string("\(kid)"), "state": .string(state.rawValue),
            "createdAt": .string(createdAt.description),
            "customers": reach.map { .integer(Int64($0.reached)) },
            "customersInAll": reach.map { .integer(Int64($0.customers)) },
            "fingerprint": .string(fingerprint), "spokenFingerprint": .string(spokenFingerprint),
            "history": .array(
                history.map {
                    .object(["event": .string($0.name), "at": .string($0.time.description)])
                }),
        ])
    }
}
