import Bundling
import CalendarTime
import Ledger
import Signing
package import StrictJSON

/// One thing that happened to a license, as the vendor sees it.
package struct LicenseEvent: Sendable {
    private let entry: LicenseEventRecord
    private let customer: String

    init(_ entry: LicenseEventRecord, customer: String) {
        self.entry = entry
        self.customer = customer
    }

    package var time: String { entry.time.description }

    /// The drop's own name.
    package var file: String { originalName(ofClaim: entry.claim) }

    package var sha256: String? { entry.digest?.description }
    package var run: Int64 { entry.run }

    /// `renamed from 'A' to 'B'`
    package var summary: String {
        switch entry.event {
        case .created: "issued, in \(bundle)"
        case .renamed(let old, let new): "renamed from '\(old)' to '\(new)'"
        case .described(let old, let new):
            "description changed from \(Self.quoted(old)) to \(Self.quoted(new))"
        case .deleted: "deleted"
        case .delivered: "delivered again, in \(bundle)"
        }
    }

    /// `{"action":…,"at":…,"run":…,"file":…,"sha256":…}`, for an update with the `member` that
    /// changed, `from` and `to`, either of which is left out where there was or is no value.
    package var json: OrderedJSON {
        let change = change
        return .object([
            "action": .string(action), "at": .string(time), "run": .integer(run),
            "file": .string(file), "sha256": sha256.map(OrderedJSON.string),
            "member": change.map { .string($0.member) },
            "from": change?.from.map(OrderedJSON.string),
            "to": change?.to.map(OrderedJSON.string),
            "bundle": ["create", "deliver"].contains(action) ? .string(bundle) : nil,
        ])
    }

    private var action: String {
        switch entry.event {
        case .created: "create"
        case .renamed, .described: "update"
        case .deleted: "delete"
        case .delivered: "deliver"
        }
    }

    private var change: (member: String, from: String?, to: String?)? {
        switch entry.event {
        case .renamed(let old, let new): ("name", old, new)
        case .described(let old, let new): ("description", old, new)
        case .created, .deleted, .delivered: nil
        }
    }

    private var bundle: String { BundleName(customer: customer, run: run).path }

    private static func quoted(_ text: String?) -> String {
        text.map { "'\($0)'" } ?? "none"
    }
}
