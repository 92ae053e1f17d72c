import Ledger
import Spool
package import StrictJSON

/// A drop that was accepted, as a reader finds it again.
package struct AcceptedDrop: Sendable, Equatable {
    package let run: Int64
    /// The drop's own name.
    package let file: String
    /// Its receipt, as seen from the inbox.
    package let receipt: String?

    /// `{"run":…,"file":…,"receipt":…}`
    package var json: OrderedJSON {
        .object([
            "run": .integer(run), "file": .string(file),
            "receipt": receipt.map(OrderedJSON.string),
        ])
    }
}

extension AcceptedDrop {
    init(_ record: DropRecord) {
        self.init(
            run: record.run, file: record.originalName,
            receipt: record.claimName?.receiptPath(isRejected: false))
    }
}
