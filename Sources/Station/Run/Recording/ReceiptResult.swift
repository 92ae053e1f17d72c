import Bundling
import CalendarTime
import Ledger
import LicenseRequest
import LicenseToken
import StrictJSON

/// What a receipt says of one request of an accepted drop.
struct ReceiptResult {
    let json: OrderedJSON

    /// - Parameters:
    ///   - license: the license that an update or deletion takes effect on, as it is from now on.
    ///   - run: the number of the run that handles the drop.
    init(of action: PlannedAction, on license: IssuedLicense?, run: Int64) {
        func bundle(for customer: String) -> OrderedJSON {
            .string(BundleName(customer: customer, run: run).path)
        }
        let members: [(String, OrderedJSON?)] =
            switch action.change {
            case .create(let created):
                [("action", "create"), ("requestId", action.requestID)]
                    + Self.members(created.id, created)
                    + [("bundle", bundle(for: created.customer))]
            case .update(let update):
                [("action", "update"), ("requestId", action.requestID)]
                    + Self.members(update.license, license)
            case .delete(let id):
                [("action", "delete"), ("requestId", action.requestID)]
                    + Self.members(id, license)
                    + [("note", license.map { .string(Self.note(onDeleted: $0)) })]
            case .deliver(let customer):
                [
                    ("action", "deliver"), ("requestId", action.requestID),
                    ("customer", .string(customer)), ("bundle", bundle(for: customer)),
                ]
            }
        json = .object(OrderedJSON.Member.present(members))
    }

    private static func members(
        _ id: LicenseID, _ license: IssuedLicense?
    ) -> [(String, OrderedJSON?)] {
        [
            ("license", .string(id.description)),
            ("name", license.map { .string($0.name) }),
            ("customer", license.map { .string($0.customer) }),
            ("notBefore", license.map { .string($0.notBefore.description) }),
            ("expiresAt", license.map { .string($0.expiresAt.description) }),
        ]
    }

    private static func note(onDeleted license: IssuedLicense) -> String {
        "tokens already delivered stay valid until they expire, at \(license.expiresAt)"
    }
}

extension PlannedAction {
    fileprivate var requestID: OrderedJSON? { request.requestID.map(OrderedJSON.string) }
}
