import CalendarTime
import LicenseRequest
import StrictJSON

private let rules = RequestRules(reservedClaims: ["tenant"], now: .latest)

/// A drop, as `check` and a run read it.
func testRequest(_ bytes: [UInt8]) {
    let content = DropContent(reading: bytes, rules: rules)
    let problems = content.problems(against: UnknownLicenses<Never>())
    require(problems.count <= rules.maximumProblems + 1, "problems are listed without a limit")
    require(
        problems.allSatisfy { $0.message.utf8.count < 10_000 }, "a problem quotes without a limit")
    guard problems.isEmpty else { return }
    require(!content.requests.isEmpty, "a drop without requests and without a problem")
    // What was accepted says the same once it was written compactly.
    guard case .success(let document) = Result(catching: { try JSONDocument.parse(bytes) }) else {
        require(false, "a drop was accepted that is no JSON")
        return
    }
    var compact: [UInt8] = []
    document.root.appendCompact(to: &compact)
    let again = DropContent(reading: compact, rules: rules)
    require(
        again.problems(against: UnknownLicenses<Never>()).isEmpty
            && again.requests.count == content.requests.count,
        "a drop means something else in compact form")
}
