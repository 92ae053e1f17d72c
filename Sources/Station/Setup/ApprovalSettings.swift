package import LicenseRequest
import Yams

/// What `station.yaml` says of the signatures that drops need.
package struct ApprovalSettings: Sendable, Equatable {
    static let highestCount = 100

    /// The file of those who may ask; relative paths are seen from the station's folder. `nil` where
    /// nobody has to sign.
    package var signers: String?
    /// How many people have to sign a drop.
    package var approvals = 1
    /// How many have to where it holds a request of such an action.
    package var approvalsFor: [ActionName: Int] = [:]
    /// How long after being taken up a drop may lack signatures, before it is refused.
    package var withinSeconds = 604_800

    /// How many people have to sign a drop with requests of these actions.
    package func needed(for actions: Set<ActionName>) -> Int {
        actions.map { approvalsFor[$0] ?? approvals }.max() ?? approvals
    }

    /// How many people have to sign a drop that asks for this.
    func needed(for demand: DropDemand) -> Int {
        max(needed(for: demand.actions), demand.productApprovals ?? 0)
    }

    static func countsByAction(
        _ node: Node, _ name: String
    ) throws(ConfigurationError) -> [ActionName: Int] {
        guard let mapping = node.mapping else {
            throw ConfigurationError(
                "the setting '\(name)' must be a mapping such as {delete: 2}")
        }
        var counts: [ActionName: Int] = [:]
        for (key, value) in mapping {
            let text = key.string ?? ""
            guard let action = ActionName(rawValue: text) else {
                let all = ActionName.allCases.map(\.rawValue).joined(separator: ", ")
                throw ConfigurationError(
                    "the setting '\(name)' names the action '\(text)': the actions are \(all)")
            }
            guard counts[action] == nil else {
                throw ConfigurationError("the setting '\(name)' names '\(text)' twice")
            }
            counts[action] = try Configuration.count(value, "\(name).\(text)", 1...highestCount)
        }
        return counts
    }
}
