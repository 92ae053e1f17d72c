import CalendarTime
import Console
import LicenseToken
import Station

extension CustomerView {
    /// For lists: fields divided by tabs.
    var line: String {
        [
            customer, String(counts.current), String(counts.expired + counts.deleted),
            nextEnd.orNever,
        ].joined(separator: "\t")
    }

    fileprivate var words: String {
        let all = [
            (counts.valid, "valid"), (counts.notYetValid, "not yet valid"),
            (counts.inGrace, "in grace"), (counts.expired, "expired"), (counts.deleted, "deleted"),
        ]
        return all.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}

extension CustomerDetails {
    func lines(with licenses: [LicenseView], at now: Timestamp) -> [String] {
        [
            "customer  \(customer.customer)", "since     \(customer.since)",
            "licenses  \(customer.words)", "next end  \(customer.nextEnd.orNever)",
        ]
            + licenses.map { "license   \($0.words(at: now))" }
            + bundles.map {
                "bundle    \($0.time)  \($0.path)  \(counted(Int($0.licenseCount), "license"))"
            }
    }
}

extension LicenseView {
    fileprivate func words(at now: Timestamp) -> String {
        let product = origin.product.map { "  (\($0.name)\($0.plan.map { ", \($0)" } ?? ""))" }
        return line(at: now) + (product ?? "")
    }
}
