import Bundles
import GRDB
import Signatures

/// The digests of the tokens that a run's bundles carry.
struct BundleContents {
    let database: Database
    /// Refuses a token that is not the one of its recorded digest: what is entered stays for ever, and
    /// a damaged record may be restored.
    var refusesDamage = false

    /// Calls `body` with each customer for whom the run has a bundle, in the order of their names.
    func forEachCustomer(
        ofRun run: Int64, _ body: (_ customer: String, _ tokens: [SHA256Digest]) throws -> Void
    ) throws {
        let hasDeliveries =
            try Bool.fetchOne(
                database.cachedStatement(sql: Ledger.anyDelivery), arguments: [run]) ?? false
        let contents =
            hasDeliveries
            ? tokens(of: Ledger.contents(whereRun: "= ?1"))
            : "SELECT customer, \(columns) FROM license WHERE run = ?1"
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: "\(contents) ORDER BY customer"), arguments: [run])
        var customer: String?
        var tokens: [SHA256Digest] = []
        while let row = try rows.next() {
            let columns = Columns(row)
            let next = try columns.text("customer", likely: customer)
            if let customer, customer != next {
                try body(customer, tokens)
                tokens.removeAll(keepingCapacity: true)
            }
            customer = next
            tokens.append(try digest(in: columns))
        }
        if let customer { try body(customer, tokens) }
    }

    /// Those of one customer's bundle; empty where there is none.
    func tokens(inBundle name: BundleName) throws -> [SHA256Digest] {
        let sql = self.tokens(of: Ledger.contents(whereRun: "= ?1", customer: "= ?2"))
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: sql), arguments: [name.run, name.customer])
        var tokens: [SHA256Digest] = []
        while let row = try rows.next() { tokens.append(try digest(in: Columns(row))) }
        return tokens
    }

    /// Tokens are long: none is read without need. Licenses from before digests were recorded have
    /// nothing else.
    private var columns: String {
        let token =
            refusesDamage ? "token" : "CASE WHEN token_sha256 IS NULL THEN token END AS token"
        return "license.id, token_sha256, \(token)"
    }

    private func tokens(of contents: String) -> String {
        """
        SELECT content.customer AS customer, \(columns)
          FROM (\(contents)) AS content
               CROSS JOIN license ON license.number = content.number
        """
    }

    private func digest(in columns: Columns) throws -> SHA256Digest {
        let recorded = try columns.optionalDigest("token_sha256")
        if let recorded, !refusesDamage { return recorded }
        let digest = SHA256Digest(of: try columns.text("token").utf8)
        guard recorded == nil || recorded == digest else {
            throw LedgerError.Reason.damaged(
                "the token of the license \(try columns.text("id")) is not the one that was "
                    + "verified when it was issued")
        }
        return digest
    }
}
