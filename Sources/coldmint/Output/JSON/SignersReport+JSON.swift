import CalendarTime
import Station
import StrictJSON

extension SignersReport.Entry {
    var json: OrderedJSON {
        .object([
            "name": .string(person), "state": .string(state.rawValue), "type": .string(keyType),
            "key": .string(key), "namespaces": namespaces.map(OrderedJSON.string),
            "validAfter": validAfter.map { .string($0.description) },
            "validBefore": validBefore.map { .string($0.description) },
            "comment": comment.map(OrderedJSON.string),
        ])
    }
}
