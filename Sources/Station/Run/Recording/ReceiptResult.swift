import Bundles
import CalendarTime
import Ledger
import LicenseRequest
import LicenseToken
import StrictJSON

/// What a receipt says of one request of an accepted drop.
struct ReceiptResult {
    /// As it stands in a receipt's list of results.
    let json: OrderedJSON

    /// - Parameters:
    ///   - license: the license that an update or deletion takes effect on, as it is from now on;
    ///     for a creation the one that the new one follows.
    ///   - run: the number of the run that handles the drop.
    init(of action: PlannedAction, on license: IssuedLicense?, run: Int64) {
        var json = JSONObjectText(isPretty: true, depth: 2)
        func add(_ name: String) {
            json.add("action", name)
            json.add("requestId", action.request.requestID)
        }
        func add(_ id: LicenseID, _ license: IssuedLicense?) {
            json.add("license", id.description)
            json.add("name", license?.name)
            json.add("customer", license?.customer)
            json.add("notBefore", license?.term.notBefore.description)
            json.add("expiresAt", license?.term.expiresAt?.description)
        }
        switch action.change {
        case .create(let created):
            add("create")
            add(created.id, created)
            json.add("product", created.origin.product?.name)
            json.add("plan", created.origin.product?.plan)
            Self.add(created, following: license, to: &json)
            json.add("note", created.term.waitingAdvice(at: created.issuedAt))
            json.add("bundle", BundleName(customer: created.customer, run: run).path)
        case .update(let update):
            add("update")
            add(update.license, license)
        case .delete(let id):
            add("delete")
            add(id, license)
            json.add("note", license.map(Self.note))
        case .deliver(let customer):
            add("deliver")
            json.add("customer", customer)
            json.add("bundle", BundleName(customer: customer, run: run).path)
        }
        self.json = json.finish()
    }

    private static func add(
        _ created: IssuedLicense, following license: IssuedLicense?, to json: inout JSONObjectText
    ) {
        guard let license else { return }
        json.add("supersedes", license.id.description)
        // A token that cannot be read is thrown away here: what was issued stands, and an audit says it.
        let succession = try? Succession(to: license, by: created)
        if let succession {
            json.add("changes", .array(succession.changes.map { .string($0) }))
        }
    }

    private static func note(onDeleted license: IssuedLicense) -> String {
        guard let end = license.term.endOfGrace else {
            return "tokens already delivered have no end: they stay valid"
        }
        return "tokens already delivered stay valid until they expire, at \(end)"
    }
}
