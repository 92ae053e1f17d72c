import DurableFiles
import Ledger
package import LicenseRequest
import Spool

/// What a run would make of a request file.
package struct CheckedRequestFile: Sendable {
    package let file: String
    package let requestCount: Int
    package let problems: [Problem]
    /// Where the same bytes were accepted before, so that a run would change nothing.
    package let accepted: AcceptedDrop?
}

/// A drop that was accepted, as a reader finds it again.
package struct AcceptedDrop: Sendable, Equatable {
    package let run: Int64
    /// The drop's own name.
    package let file: String
    /// Its receipt, as seen from the inbox.
    package let receipt: String?
}

extension AcceptedDrop {
    init(_ record: DropRecord) {
        self.init(
            run: record.run, file: record.originalName,
            receipt: ClaimName(FileName(bytes: record.claim)).map { "accepted/\($0.receipt)" })
    }
}
