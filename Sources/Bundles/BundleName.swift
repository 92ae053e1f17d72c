import PlainText

/// What a bundle is called: `acme-gmbh-000017`, its customer and its run.
package struct BundleName: Sendable, Hashable, CustomStringConvertible {
    package let customer: String
    package let run: Int64

    package init(customer: String, run: Int64) {
        self.customer = customer
        self.run = run
    }

    /// - Parameter fileName: `nil` unless it is that of a bundle of the customer.
    package init?(fileName: String, customer: String) {
        let parts = fileName.split(separator: "-")
        guard let last = parts.last, last.hasSuffix(".tar"), let run = Int64(last.dropLast(4))
        else { return nil }
        self.init(customer: customer, run: run)
        guard self.fileName == fileName else { return nil }
    }

    package var description: String {
        "\(customer)-\(run.zeroPadded(to: 6))"
    }

    /// The tar's file name.
    package var fileName: String { "\(self).tar" }

    /// The tar's place in the outbox.
    package var path: String { "\(customer)/\(fileName)" }
}
