import Station

extension LicenseEvent {
    /// `renamed from 'A' to 'B'`
    var summary: String {
        switch kind {
        case .created(let bundle): "issued, in \(bundle)"
        case .renamed(let old, let new): "renamed from '\(old)' to '\(new)'"
        case .described(let old, let new):
            "description changed from \(Self.quoted(old)) to \(Self.quoted(new))"
        case .deleted: "deleted"
        case .delivered(let bundle): "delivered again, in \(bundle)"
        }
    }

    private static func quoted(_ text: String?) -> String {
        text.map { "'\($0)'" } ?? "none"
    }
}
