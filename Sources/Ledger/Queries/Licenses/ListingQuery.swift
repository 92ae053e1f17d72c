import CalendarTime
import GRDB

/// The SELECT for one page.
struct ListingQuery {
    typealias Position = (end: Int64, number: Int64)

    /// Where the page before ended.
    var start: Position?
    private var conditions: [String] = []
    private var values: [any DatabaseValueConvertible] = []
    private var isByEnd = false

    init(_ filter: LicenseFilter) {
        if let customer = filter.customer { add("license.customer = ?", customer) }
        if let pattern = filter.namePattern { add("license.name GLOB ?", pattern) }
        if let product = filter.product { add("product.name = ?", product) }
        if let plan = filter.plan { add("license.plan = ?", plan) }
        if let key = filter.key { add("substr(license.kid, 1, length(?)) = ?", key, key) }
        if let id = filter.requestID { add("license.request_id = ?", id) }
        if let signer = filter.signer {
            add(
                """
                EXISTS (SELECT 1 FROM signature
                         WHERE signer = ?
                           AND (signature.drop_file = license.drop_file
                                OR signature.drop_file IN (
                                     SELECT drop_file FROM event
                                      WHERE license = license.number AND kind <> 'delivered')))
                """, signer)
        }
        switch filter.standing {
        case .any: break
        case .deleted: conditions.append("license.deleted_at IS NOT NULL")
        case .ending(let start, let end):
            addEnding(until: end)
            if let start { add("license.expires_at > ?", start.secondsSinceEpoch) }
        case .due(let now, let start, let end):
            let (now, start) = (now.secondsSinceEpoch, start.secondsSinceEpoch)
            addEnding(until: end)
            // For the index: no grace is longer.
            add("license.expires_at > min(? - 366 * 86400, ?)", now, start)
            add(
                """
                (license.expires_at + 86400 * coalesce(license.grace_days, 0) > ?
                 OR license.expires_at > ?)
                """, now, start)
        }
    }

    /// Live licenses, the first to end first.
    private mutating func addEnding(until end: Timestamp) {
        conditions.append("license.deleted_at IS NULL")
        add("license.expires_at <= ?", end.secondsSinceEpoch)
        isByEnd = true
    }

    private mutating func add(_ condition: String, _ values: any DatabaseValueConvertible...) {
        conditions.append(condition)
        self.values += values
    }

    var sql: String {
        var all = conditions
        if start != nil {
            all.append(
                isByEnd ? "(license.expires_at, license.number) > (?, ?)" : "license.number > ?")
        }
        return LicenseRecord.selection
            + (all.isEmpty ? "" : " WHERE " + all.joined(separator: " AND "))
            + " ORDER BY " + (isByEnd ? "license.expires_at, license.number" : "license.number")
    }

    var arguments: StatementArguments {
        guard let start else { return StatementArguments(values) }
        return StatementArguments(
            values + (isByEnd ? [start.end, start.number] : [start.number]))
    }
}
