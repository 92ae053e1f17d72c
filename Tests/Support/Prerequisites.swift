import Foundation
package import Testing

/// What a test needs of the machine. Where that is not there, the test is skipped and says why.
extension Trait where Self == ConditionTrait {
    package static func needsRoot(_ purpose: Comment) -> Self {
        .enabled(if: geteuid() == 0, "needs root: \(purpose)")
    }

    /// Containers may forbid to trace a process.
    package static var needsStrace: Self {
        .enabled("strace is not there, or may not trace here") {
            try await Workbench().shell("strace -f -o log true").status == 0
        }
    }
}
