package import CalendarTime
import GRDB
package import Signatures

/// A row of `bundle`: a published bundle.
package struct BundleRecord: Sendable, Hashable {
    package let run: Int64
    package let customer: String
    package let digest: SHA256Digest
    package let publishedAt: Timestamp

    package init(run: Int64, customer: String, digest: SHA256Digest, publishedAt: Timestamp) {
        self.run = run
        self.customer = customer
        self.digest = digest
        self.publishedAt = publishedAt
    }

    init(row: Row) throws {
        let columns = Columns(row)
        self.init(
            run: try columns.integer("run"), customer: try columns.text("customer"),
            digest: try columns.digest("sha256"), publishedAt: try columns.time("published_at"))
    }
}
