package import CalendarTime
import Ledger
import LicenseToken
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

    var licenseID: LicenseID { record.id }
    package var id: String { record.id.description }
    package var name: String { record.name }
    package var customer: String { record.customer }
    package var description: String? { record.license.description }
    package var notBefore: String { record.license.notBefore.description }
    package var expiresAt: String { record.expiresAt.description }
    var end: Timestamp { record.expiresAt }
    package var issuedAt: String { record.license.issuedAt.description }
    package var deletedAt: String? { record.deletedAt?.description }
    package var kid: String { record.license.kid.description }
    package var run: Int64 { record.run }
    package var token: String { record.license.token }

    package func state(at now: Timestamp) -> State {
        if record.deletedAt != nil { return .deleted }
        if record.expiresAt <= now { return .expired }
        return record.license.notBefore <= now ? .valid : .notYetValid
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
