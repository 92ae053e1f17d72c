import CalendarTime
import LicenseToken
import Station
import StrictJSON

extension LicenseDetails {
    private static let columnWidth = 13

    /// A field a line; what there is not is left out.
    func lines(at now: Timestamp) -> [String] {
        let fields: [(String, String?)] = [
            ("id", license.id.description), ("name", license.name),
            ("customer", license.customer), ("description", license.description),
            ("state", license.state(at: now).rawValue),
            ("valid from", license.notBefore.description),
            ("expires at", license.expiresAt.description),
            ("issued at", license.issuedAt.description),
            ("deleted at", license.deletedAt?.description), ("key", license.kid.description),
            ("run", String(license.run)), ("payload", payload.compactText),
            ("bundles", bundles.joined(separator: " ")), ("token", license.token),
        ]
        let events = history.flatMap { event in
            [("history", "\(event.time)  \(event.summary)  (\(event.file), \(event.sha256 ?? ""))")]
                + (event.approval?.lines ?? []).map { ("", $0) }
        }
        return (fields + events).compactMap { name, value in
            value.map {
                name + String(repeating: " ", count: Self.columnWidth - name.count) + $0
            }
        }
    }
}
