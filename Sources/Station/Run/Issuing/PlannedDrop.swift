import Ledger
import LicenseRequest

/// A drop with what it would change, before it is judged.
struct PlannedDrop {
    let drop: ParsedDrop
    /// One for each request of the drop, in its order; `nil` where nothing was planned, because
    /// the drop is refused in any case or is a repeat.
    let actions: [PlannedAction]?
    /// Of a large drop that is refused: why, held against the ledger.
    var problems: [Problem] = []
}

/// A request with the change that carries it out. A new license is signed already, from this very
/// request.
struct PlannedAction {
    let request: Request
    let change: Change

    init(
        _ request: Request, issuedBy issuer: LicenseIssuer
    ) throws(StationFailure) {
        self.request = request
        change =
            switch request.action {
            case .create(let create):
                .create(try issuer.license(for: create, requestID: request.requestID))
            case .update(let update): .update(LicenseUpdate(update))
            case .delete(let delete): .delete(delete.license)
            case .deliver(let customer): .deliver(customer: customer)
            }
    }
}

extension LicenseUpdate {
    fileprivate init(_ request: UpdateRequest) {
        let description: Description =
            switch request.description {
            case nil: .unchanged
            case .cleared: .changed(to: nil)
            case .replaced(let text): .changed(to: text)
            }
        self.init(license: request.license, name: request.name, description: description)
    }
}
