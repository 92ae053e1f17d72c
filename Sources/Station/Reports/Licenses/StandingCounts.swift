import Ledger

/// How many licenses there are, by what has become of them.
package struct StandingCounts: Sendable, Equatable {
    package let valid: Int
    package let notYetValid: Int
    /// Their term is over, and their applications go on.
    package let inGrace: Int
    package let expired: Int
    package let deleted: Int

    init(_ counts: LicenseCounts) {
        valid = counts.valid
        notYetValid = counts.notYetValid
        inGrace = counts.inGrace
        expired = counts.expired
        deleted = counts.deleted
    }

    /// Those that hold now or later, or are in grace.
    package var current: Int { valid + notYetValid + inGrace }
    package var total: Int { current + expired + deleted }
}
