import Foundation
package import Testing

/// Why a test takes long. `scripts/test --long KIND` names them by these words.
extension Tag {
    /// Browsers that look at the customer's page.
    @Tag package static var browser: Self
    /// Faults injected at system calls, one run for each.
    @Tag package static var faults: Self
    /// Runs that write thousands of licenses into dozens of bundles.
    @Tag package static var manyBundles: Self
    /// Dozens of runs of the binary, each a process of its own.
    @Tag package static var manyRuns: Self
    /// A ledger of a million licenses.
    @Tag package static var millionRows: Self
    /// Other people's compilers, verifiers and deployment tools.
    @Tag package static var otherPrograms: Self
    /// The same thing many times, or for minutes.
    @Tag package static var soak: Self
    /// File systems that are mounted, filled and cut off.
    @Tag package static var storage: Self
    /// Waits for time to pass: for a settle time, a poll, a held system call.
    @Tag package static var waiting: Self
}

/// Leaves a long test out, as skipped, unless its tag is asked for.
///
/// `swift test` cannot choose by tags. The environment does: `COLDMINT_LONG_TESTS` holds the tags
/// of the long tests to run, divided by commas, or `none`; without it all of them run.
package struct LongTests: TestTrait, SuiteTrait {
    private static let variable = "COLDMINT_LONG_TESTS"
    private static let wanted = ProcessInfo.processInfo.environment[variable]
        .map { Set($0.split(separator: ",").map(String.init)) }

    package var isRecursive: Bool { true }

    package func prepare(for test: Test) async throws {
        guard !test.isSuite, let wanted = Self.wanted else { return }
        // A tag describes itself as '.soak'.
        let tags = test.tags.map {
            $0.description.split(separator: ".").last.map(String.init) ?? ""
        }
        guard wanted.isDisjoint(with: tags) else { return }
        try Test.cancel("a long test (\(tags.sorted().joined(separator: ", "))), left out")
    }
}

extension Trait where Self == LongTests {
    /// The test takes seconds or minutes; its tags say why.
    package static var long: Self { Self() }
}
