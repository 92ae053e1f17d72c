package import LicenseRequest

/// What a run would make of a request file.
package struct CheckedRequestFile: Sendable {
    package let file: String
    package let requestCount: Int
    package let problems: [Problem]
    /// The first licenses that a run would issue, where a station was asked.
    package let previews: [LicensePreview]
    /// How many it would issue in all.
    package let creationCount: Int
    /// Where the same bytes were accepted before, so that a run would change nothing.
    package let accepted: AcceptedDrop?
    /// Who has signed it, where that was asked.
    package let approvals: CheckedApprovals?
    /// What verifiers in other languages may stumble over: nothing is refused for it.
    package internal(set) var portabilityWarnings: [PortabilityWarning] = []
    /// These, and what was not looked at, in words.
    package internal(set) var warnings: [String] = []

    init(
        file: String, requestCount: Int = 0, problems: [Problem] = [],
        previews: [LicensePreview] = [], creationCount: Int = 0,
        accepted: AcceptedDrop? = nil, approvals: CheckedApprovals? = nil
    ) {
        self.file = file
        self.requestCount = requestCount
        self.problems = problems
        self.previews = previews
        self.creationCount = creationCount
        self.accepted = accepted
        self.approvals = approvals
    }
}
