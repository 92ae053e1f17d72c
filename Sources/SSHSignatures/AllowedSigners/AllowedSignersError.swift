/// What is wrong with a file of those who may sign.
package struct AllowedSignersError: Error, Sendable, Hashable {
    package struct Fault: Sendable, Hashable {
        package let line: Int
        package let reason: Reason

        /// What is wrong and what to do, lower case, without a full stop and the file's name.
        package var message: String { reason.description }
    }

    /// More are not listed.
    package static let limit = 100

    /// In the order of lines, at most `limit`.
    package let faults: [Fault]

    init(_ faults: [Fault]) {
        self.faults = Array(faults.sorted { $0.line < $1.line }.prefix(Self.limit))
    }

    init(_ reason: Reason, line: Int) {
        self.init([Fault(line: line, reason: reason)])
    }
}
