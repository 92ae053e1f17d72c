package import CalendarTime

/// What came of an audit.
package struct AuditReport: Sendable, Equatable {
    /// A checkpoint that was kept elsewhere, of the log as it was once.
    package struct Agreement: Sendable, Equatable {
        /// The file that it came in.
        package let file: String
        /// How many entries the log had then.
        package let entryCount: Int64
    }

    /// What is wrong, a sentence each; nothing where all is well.
    package internal(set) var findings: [String] = []
    package internal(set) var licenseCount = 0
    package internal(set) var bundleCount = 0
    /// How many entries the log has.
    package internal(set) var entryCount: Int64 = 0
    /// What was kept elsewhere and agrees with the log.
    package internal(set) var agreements: [Agreement] = []
    /// Whether there is no log in the ledger's file yet.
    package internal(set) var isLogMissing = false
    /// When the log was begun over what was recorded before; `nil` where it is as old as the station.
    package internal(set) var logBegunAt: Timestamp?
    /// Signatures of people who asked for licenses or approved them.
    package internal(set) var signatureCount = 0
    /// The first runs in which nobody had to sign, although people had to before: somebody has taken
    /// the signers out of the configuration.
    package internal(set) var runsWithoutSigners: [Int64] = []
    /// Drops in `accepted/` that somebody has changed since: the record is untouched by that.
    package internal(set) var changedDrops: [String] = []
    /// Runs that were cut off; the next run finishes them.
    package internal(set) var unfinishedRuns: [Int64] = []
    /// Bundles that lie in the outbox no longer; that is the operator's affair.
    package internal(set) var movedBundleCount = 0
}
