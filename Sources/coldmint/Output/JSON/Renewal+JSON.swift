import CalendarTime
import Station
import StrictJSON

extension Renewal {
    /// A create request, ready to be dropped.
    var request: OrderedJSON {
        .object([
            "action": "create",
            "requestId": .string("renewal of \(predecessor.id)"),
            "name": .string(name),
            "customer": .string(predecessor.customer),
            "description": predecessor.description.map(OrderedJSON.string),
            "notBefore": .string(predecessor.expiresAt.description),
            "expiresAt": .string(expiresAt.description),
            "payload": payload,
        ])
    }
}
