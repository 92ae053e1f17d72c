package import CalendarTime
import Ledger
package import StrictJSON

/// A license as the vendor sees it.
package struct LicenseView: Sendable {
    package enum State: String, Sendable {
        case valid, expired, deleted
        case notYetValid = "not yet valid"
    }

    private let record: LicenseRecord

    init(_ record: LicenseRecord) {
        self.record = record
    }

    package var id: String { record.id }
    package var name: String { record.name }
    package var customer: String { record.customer }
    package var description: String? { record.description }
    package var notBefore: String { timeText(record.notBefore) }
    package var expiresAt: String { timeText(record.expiresAt) }
    /// `nil` where the ledger holds a time that cannot be.
    var end: Timestamp? { Timestamp(secondsSinceEpoch: record.expiresAt) }
    package var issuedAt: String { timeText(record.issuedAt) }
    package var deletedAt: String? { record.deletedAt.map(timeText) }
    package var kid: String { record.kid }
    package var run: Int64 { record.run }
    package var token: String { record.token }

    package func state(at now: Timestamp) -> State {
        if record.deletedAt != nil { return .deleted }
        if record.expiresAt <= now.secondsSinceEpoch { return .expired }
        return record.notBefore <= now.secondsSinceEpoch ? .valid : .notYetValid
    }

    package var json: OrderedJSON { .object(members) }

    var members: [OrderedJSON.Member] {
        let all: [(String, OrderedJSON?)] = [
            ("id", .string(id)), ("name", .string(name)), ("customer", .string(customer)),
            ("description", description.map(OrderedJSON.string)),
            ("notBefore", .string(notBefore)), ("expiresAt", .string(expiresAt)),
            ("issuedAt", .string(issuedAt)), ("deletedAt", deletedAt.map(OrderedJSON.string)),
            ("kid", .string(kid)), ("run", .integer(run)),
        ]
        return all.compactMap { name, value in value.map { .init(name, $0) } }
    }
}
