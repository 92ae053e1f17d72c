import Console
import LicenseRequest
import PlainText
import Station
import StrictJSON

extension ProductView {
    private static let columnWidth = 11

    /// For lists: fields divided by tabs.
    var line: String {
        [
            product.name, plans.map(\.name).joined(separator: ", "), sha256,
            product.title ?? "",
        ].map(Terminal.plain).joined(separator: "\t")
    }

    /// A field a line; what there is not is left out.
    var lines: [String] {
        let fields: [(String, String?)] =
            [
                ("name", product.name), ("title", product.title),
                ("SHA-256", sha256), ("term", product.term.words),
                ("approvals", product.approvals.map(String.init)),
            ]
            + plans.enumerated().map { index, plan in
                (index == 0 ? "plans" : "", "\(plan.name): \(plan.claims.compactText)")
            }
        let schema = schema.prettyText.split(separator: "\n", omittingEmptySubsequences: false)
        return (fields + schema.enumerated().map { ($0 == 0 ? "payload" : "", String($1)) })
            .compactMap { name, value in
                value.map {
                    Terminal.plain(
                        name + String(repeating: " ", count: Self.columnWidth - name.count) + $0)
                }
            }
    }
}

extension TermRules {
    /// `1y unless the request says, at most 3y, 14 days of grace, notice 30 days before the end`
    fileprivate var words: String? {
        let parts = [
            standard.map { "\($0) unless the request says" }, maximum.map { "at most \($0)" },
            graceDays.map { "\(counted($0, "day")) of grace" },
            noticeDays.map { "notice \(counted($0, "day")) before the end" },
            allowsPerpetual.map { $0 ? "may have no end" : "must have an end" },
            endsWithDay ? "a date means the end of that day" : nil,
        ].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
