/// What one run did.
package struct RunReport: Sendable, Equatable {
    /// `nil` where there was nothing to do, and so nothing was recorded.
    package internal(set) var run: Int64?
    package internal(set) var accepted = 0
    package internal(set) var rejected = 0
    package internal(set) var repeated = 0
    /// Drops that are still being written, or that could not be read this time.
    package internal(set) var waiting = 0
    package internal(set) var licenses = 0
    /// Paths in the outbox.
    package internal(set) var bundles: [String] = []
    /// How often a drop could not be taken up or read because the system refused; those drops wait.
    package internal(set) var ioFailures = 0
}
