import CalendarTime
import Station
import StrictJSON

extension LicenseEvent {
    /// `{"action":…,"at":…,"run":…,"file":…,"sha256":…}`, for an update with the `member` that
    /// changed, `from` and `to`, either of which is left out where there was or is no value.
    var json: OrderedJSON {
        let common: [(String, OrderedJSON?)] = [
            ("action", .string(kind.action)), ("at", .string(time.description)),
            ("run", .integer(run)), ("file", .string(file)),
            ("sha256", sha256.map(OrderedJSON.string)),
            ("signers", approval.map { .array($0.signers.map(\.json)) }),
            ("signersList", approval.map { .string($0.list) }),
        ]
        return .object(OrderedJSON.Member.present(common + kind.members))
    }
}

extension LicenseEvent.Kind {
    /// The action of the request that brought it about.
    fileprivate var action: String {
        switch self {
        case .created: "create"
        case .renamed, .described: "update"
        case .deleted: "delete"
        case .delivered: "deliver"
        }
    }

    fileprivate var members: [(String, OrderedJSON?)] {
        switch self {
        case .created(let bundle), .delivered(let bundle): [("bundle", .string(bundle))]
        case .renamed(let old, let new): Self.change(of: "name", from: old, to: new)
        case .described(let old, let new): Self.change(of: "description", from: old, to: new)
        case .deleted: []
        }
    }

    private static func change(
        of member: String, from old: String?, to new: String?
    ) -> [(String, OrderedJSON?)] {
        [
            ("member", .string(member)), ("from", old.map(OrderedJSON.string)),
            ("to", new.map(OrderedJSON.string)),
        ]
    }
}
