package import StrictJSON

/// What one run did.
package struct RunReport: Sendable, Equatable {
    /// A drop that was refused, and where its receipt lies.
    package struct Rejection: Sendable, Equatable {
        package let file: String
        package let receipt: String
    }

    /// `nil` where there was nothing to do, and so nothing was recorded.
    package internal(set) var run: Int64?
    package internal(set) var accepted = 0
    package internal(set) var repeated = 0
    /// Drops that are still being written, or that could not be read this time.
    package internal(set) var waiting = 0
    package internal(set) var licenses = 0
    /// Paths in the outbox.
    package internal(set) var bundles: [String] = []
    package internal(set) var rejections: [Rejection] = []
    /// What the operator should know, a sentence each.
    package internal(set) var notes: [String] = []

    package var rejected: Int { rejections.count }

    package var json: OrderedJSON {
        .object([
            "run": run.map(OrderedJSON.integer),
            "accepted": .integer(Int64(accepted)),
            "rejected": .integer(Int64(rejected)),
            "repeated": .integer(Int64(repeated)),
            "waiting": .integer(Int64(waiting)),
            "licenses": .integer(Int64(licenses)),
            "bundles": .array(bundles.map(OrderedJSON.string)),
        ])
    }
}
