package import CalendarTime
import GRDB

/// How many licenses there are, by what has become of them at a given time.
package struct LicenseCounts: Sendable, Hashable {
    package let valid: Int
    package let notYetValid: Int
    /// Their term is over, and their applications go on.
    package let inGrace: Int
    package let expired: Int
    package let deleted: Int

    /// The columns that `init` reads; the time is `?1`.
    static let selected = """
        count(*) FILTER (WHERE deleted_at IS NOT NULL) AS deleted,
        count(*) FILTER (WHERE deleted_at IS NULL AND expires_at + grace <= ?1) AS expired,
        count(*) FILTER (WHERE deleted_at IS NULL AND expires_at <= ?1
          AND expires_at + grace > ?1) AS in_grace,
        count(*) FILTER (WHERE deleted_at IS NULL AND expires_at > ?1
          AND not_before > ?1) AS later,
        count(*) FILTER (WHERE deleted_at IS NULL AND expires_at > ?1
          AND not_before <= ?1) AS valid
        """

    /// Where they are selected from.
    static let source = """
        (SELECT customer, issued_at, deleted_at, expires_at, not_before,
                86400 * coalesce(grace_days, 0) AS grace FROM license)
        """

    init(_ row: Row?) {
        valid = row?["valid"] ?? 0
        notYetValid = row?["later"] ?? 0
        inGrace = row?["in_grace"] ?? 0
        expired = row?["expired"] ?? 0
        deleted = row?["deleted"] ?? 0
    }
}

extension Ledger {
    package func licenseCounts(at now: Timestamp) throws(LedgerError) -> LicenseCounts {
        try read { database in
            LicenseCounts(
                try Row.fetchOne(
                    database.cachedStatement(
                        sql: "SELECT \(LicenseCounts.selected) FROM \(LicenseCounts.source)"),
                    arguments: [now.secondsSinceEpoch]))
        }
    }
}
