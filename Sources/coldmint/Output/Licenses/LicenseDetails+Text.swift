import CalendarTime
import Console
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
            ("valid from", license.term.notBefore.description),
            ("expires at", license.term.expiresAt.orNever),
            ("grace", license.term.graceWords), ("notice", license.term.noticeWords),
            ("maintained", license.term.maintainedUntil.map { "until \($0)" }),
            ("product", license.productWords), ("request id", license.origin.requestID),
            ("issued at", license.issuedAt.description),
            ("deleted at", license.deletedAt?.description), ("key", license.kid.description),
            ("run", String(license.run)), ("payload", payload.compactText),
            ("bundles", bundles.joined(separator: " ")), ("token", license.token),
        ]
        let events = history.flatMap { event in
            [("history", "\(event.time)  \(event.summary)  (\(event.file), \(event.sha256 ?? ""))")]
                + (event.approval?.lines ?? []).map { ("", $0) }
        }
        let links = chain.count < 2 ? [] : chain.map { $0.line(at: now) }
        let changes = succession?.changes ?? []
        let story =
            links.enumerated().map { ($0 == 0 ? "chain" : "", $1) }
            + changes.enumerated().map { ($0 == 0 ? "changes" : "", $1) }
        return (fields + story + events).compactMap { name, value in
            value.map {
                name + String(repeating: " ", count: Self.columnWidth - name.count) + $0
            }
        }
    }
}

extension LicenseTerm {
    fileprivate var graceWords: String? {
        guard let graceDays, let endOfGrace else { return nil }
        return "\(counted(graceDays, "day")), until \(endOfGrace)"
    }

    fileprivate var noticeWords: String? {
        guard let noticeDays, let noticeFrom else { return nil }
        return "\(counted(noticeDays, "day")) before, from \(noticeFrom)"
    }
}

extension LicenseView {
    fileprivate var productWords: String? {
        guard let product = origin.product else { return nil }
        return product.words + (productDigest.map { ", of the file \($0)" } ?? "")
    }
}
