package import CalendarTime
import Logging
package import StrictJSON

/// A drop that waits for signatures.
package struct AwaitingApproval: Sendable, Hashable {
    /// The drop's own name.
    package let file: String
    package let approvals: ApprovalView
    /// When the drop is refused unless enough people have signed it.
    package let refusedAt: Timestamp?

    var metadata: Logger.Metadata {
        var metadata: Logger.Metadata = [
            "file": "\(file)", "approvals": "\(approvals.summary)",
        ]
        if !approvals.remarks.isEmpty {
            metadata["remarks"] = "\(approvals.remarks.joined(separator: "; "))"
        }
        return metadata
    }

    package var json: OrderedJSON {
        let end = refusedAt.map { OrderedJSON.string($0.description) }
        return .object(
            [.init("file", .string(file))] + approvals.members
                + OrderedJSON.Member.present([("refusedAt", end)]))
    }
}
