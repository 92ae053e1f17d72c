/// What decides how many people have to sign a drop.
package struct DropDemand: Sendable, Hashable {
    package private(set) var actions: Set<ActionName> = []
    /// The most that any product of its requests asks for; `nil` where none does.
    package private(set) var productApprovals: Int?

    package init() {}

    package var withoutProducts: DropDemand {
        var demand = self
        demand.productApprovals = nil
        return demand
    }

    package mutating func add(_ request: Request) {
        actions.insert(request.actionName)
        guard case .create(let create) = request.action else { return }
        productApprovals = [productApprovals, create.approvals].compactMap(\.self).max()
    }
}
