package import LicenseRequest

/// What a run would make of a request file.
package struct CheckedRequestFile: Sendable {
    package let file: String
    package let requestCount: Int
    package let problems: [Problem]
    /// Where the same bytes were accepted before, so that a run would change nothing.
    package let accepted: AcceptedDrop?
}
