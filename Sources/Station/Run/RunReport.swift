/// What one run did.
package struct RunReport: Sendable, Equatable {
    /// `nil` where this run recorded nothing of its own; it may still have finished an earlier one.
    package internal(set) var run: Int64?
    package internal(set) var accepted = 0
    package internal(set) var rejected = 0
    package internal(set) var repeated = 0
    /// Drops left for a later run: still being written, not readable, or waiting for a bundle
    /// or for signatures.
    package internal(set) var waiting = 0
    /// Those of the waiting drops that too few people have signed.
    package internal(set) var awaitingApproval: [AwaitingApproval] = []
    package internal(set) var licenses = 0
    /// Paths in the outbox.
    package internal(set) var bundles: [String] = []
    /// How often the system refused: drops that could not be taken up or read, bundles that could
    /// not be published. All of them wait.
    package internal(set) var ioFailures = 0

    /// Whether something waits that the next run may well find ready.
    var isToBeRetriedSoon: Bool { waiting > awaitingApproval.count }

    /// Whether there was nothing to do.
    package var isEmpty: Bool { self == RunReport() }
}
