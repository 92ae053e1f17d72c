import CalendarTime
import Foundation
import GRDB
import LicenseToken
import Signatures

/// Records what one accepted drop changes, in the order in which the drop asks for it.
package struct DropChanges {
    let reader: LedgerReader
    let run: RunRecord
    private let record: DropRecord
    /// The drop's row.
    let drop: Int64
    private let signers: SHA256Digest?
    private let log: LogAppender
    private let digest = DropDigest()
    /// For each customer, the last license that this drop has delivered: licenses are numbered in
    /// the order of issue, so that a further delivery need not go over the earlier ones again.
    private var lastDelivered: [String: Int64] = [:]
    /// The rows of products that were looked up already.
    private var productRows: [LicenseOrigin.Product: Int64] = [:]

    private var database: Database { reader.database }

    /// - Parameter signers: the digest of who had to sign the drop, and has.
    init(
        reader: LedgerReader, run: RunRecord, drop record: DropRecord, row: Int64,
        signers: SHA256Digest?, log: LogAppender
    ) {
        self.reader = reader
        self.run = run
        self.record = record
        drop = row
        self.signers = signers
        self.log = log
    }

    /// Enters an accepted drop, with all that it has changed, into the log.
    package func finish() throws(LedgerError) {
        guard record.outcome == .accepted, let sha256 = record.digest else { return }
        try reader.translating {
            _ = try log.append(
                LogEntry.drop(
                    in: run, digest: sha256, changes: digest.finish(), signers: signers))
        }
    }

    /// Lets the drop's receipt go on with this text.
    package func add(receiptPart text: String) throws(LedgerError) {
        try reader.translating {
            let statement = try database.cachedStatement(
                sql: "INSERT INTO receipt_part (drop_file, text) VALUES (?, ?)")
            try statement.execute(arguments: [drop, text])
        }
    }

    package mutating func apply(_ change: Change) throws(LedgerError) {
        let time = run.startedAt.secondsSinceEpoch
        switch change {
        case .create(let license): try insert(license)
        case .update(let update):
            if let name = update.name { try set("name", "renamed", of: update.license, to: name) }
            if case .changed(let text) = update.description {
                try set("description", "described", of: update.license, to: text)
            }
        case .delete(let license): try set("deleted_at", "deleted", of: license, to: time)
        case .deliver(let customer): try deliver(to: customer)
        }
    }

    private mutating func insert(_ license: IssuedLicense) throws(LedgerError) {
        var product: Int64?
        if let sold = license.origin.product { product = try row(of: sold) }
        try reader.translating {
            let taken = try database.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM license
                                    WHERE customer = ?1 AND substr(id, 25) = substr(?2, 25))
                    """)
            let isTaken = try Bool.fetchOne(
                taken, arguments: [license.customer, license.id.description])
            if isTaken == true { throw LedgerError.Reason.lastDigitsTaken }
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO license (id, name, customer, description, not_before, expires_at,
                                         issued_at, kid, run, drop_file, token, token_sha256,
                                         grace_days, notice_days, maintained_until, request_id,
                                         product, plan, supersedes)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
            let (term, origin) = (license.term, license.origin)
            try statement.execute(
                arguments: [
                    license.id.description, license.name, license.customer, license.description,
                    term.notBefore.secondsSinceEpoch, term.recordedEnd,
                    license.issuedAt.secondsSinceEpoch, license.kid.description, run.number, drop,
                    license.token, license.tokenDigest.blob, term.graceDays, term.noticeDays,
                    term.maintainedUntil?.secondsSinceEpoch, origin.requestID,
                    product, origin.product?.plan,
                    try origin.supersedes.map(row),
                ])
        }
        digest.add(license)
    }

    private mutating func row(
        of product: LicenseOrigin.Product
    ) throws(LedgerError) -> Int64 {
        if let row = productRows[product] { return row }
        let row = try reader.translating {
            let known = try database.cachedStatement(
                sql: "SELECT id FROM product WHERE name = ? AND sha256 = ?")
            let row = try Int64.fetchOne(known, arguments: [product.name, product.digest.blob])
            guard let row else {
                throw LedgerError.Reason.contradiction("no run has the product \(product.name)")
            }
            return row
        }
        productRows[product] = row
        return row
    }

    private func row(of license: LicenseID) throws -> Int64 {
        let known = try database.cachedStatement(sql: "SELECT number FROM license WHERE id = ?")
        guard let row = try Int64.fetchOne(known, arguments: [license.description]) else {
            throw LedgerError.Reason.contradiction("there is no license \(license)")
        }
        return row
    }

    /// The old value goes into the history first. Where nothing changes, nothing is recorded.
    private func set(
        _ column: String, _ kind: String, of license: LicenseID,
        to value: (any DatabaseValueConvertible)?
    ) throws(LedgerError) {
        try reader.translating {
            let record = try database.cachedStatement(
                sql: """
                    INSERT INTO event (license, drop_file, kind, old, new)
                    SELECT number, ?1, ?2, \(column), ?3 FROM license
                     WHERE id = ?4 AND deleted_at IS NULL AND \(column) IS NOT ?3
                    """)
            try record.execute(arguments: [drop, kind, value, license.description])
            if database.changesCount > 0 { digest.add(kind, of: license, to: value as? String) }
            let update = try database.cachedStatement(
                sql: "UPDATE license SET \(column) = ?1 WHERE id = ?2 AND deleted_at IS NULL")
            try update.execute(arguments: [value, license.description])
            guard database.changesCount == 1 else {
                throw LedgerError.Reason.contradiction("there is no live license \(license)")
            }
        }
    }

    private mutating func deliver(to customer: String) throws(LedgerError) {
        let last = lastDelivered[customer] ?? 0
        lastDelivered[customer] = try reader.translating {
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO event (license, drop_file, kind)
                    SELECT number, ?1, 'delivered' FROM license
                     WHERE customer = ?2 AND deleted_at IS NULL AND number > ?3 ORDER BY number
                    """)
            try statement.execute(arguments: [drop, customer, last])
            let newest = try database.cachedStatement(
                sql: "SELECT max(number) FROM license WHERE customer = ?")
            return try Int64.fetchOne(newest, arguments: [customer]) ?? last
        }
    }
}
