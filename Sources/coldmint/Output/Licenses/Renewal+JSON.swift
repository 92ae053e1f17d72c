import CalendarTime
import LicenseToken
import Station
import StrictJSON

extension Renewal {
    /// A create request, ready to be dropped.
    var request: OrderedJSON {
        let product = predecessor.origin.product
        return .object([
            "action": "create",
            "requestId": .string("renewal of \(predecessor.id)"),
            "name": .string(name),
            "customer": .string(predecessor.customer),
            "description": predecessor.description.map(OrderedJSON.string),
            "product": product.map { .string($0.name) },
            "plan": product?.plan.map(OrderedJSON.string),
            "notBefore": .string(term.notBefore.description),
            "expiresAt": term.expiresAt.map { .string($0.description) },
            "graceDays": term.graceDays.map { .integer(Int64($0)) },
            "noticeDays": term.noticeDays.map { .integer(Int64($0)) },
            "maintainedUntil": term.maintainedUntil.map { .string($0.description) },
            "supersedes": .string(predecessor.id.description),
            "payload": payload,
        ])
    }
}
