package import CalendarTime
import GRDB
package import LicenseToken
import Signatures

/// A row of `license`, with the issuer that its run names.
package struct LicenseRecord: Sendable, Hashable {
    package internal(set) var license: IssuedLicense
    package let run: Int64
    package let deletedAt: Timestamp?
    /// Whether the token's digest was taken when its signature was verified. Licenses from before
    /// that was recorded have the digest of the token as it lies in the ledger.
    package let hasVerifiedDigest: Bool
    /// The row's number: licenses in the order of issue.
    let number: Int64

    package var id: LicenseID { license.id }
    package var name: String { license.name }
    package var customer: String { license.customer }
    package var isLive: Bool { deletedAt == nil }

    /// What `init(row:)` reads. The join is a left one: a license whose run is missing must be met
    /// as damaged, and not be passed over.
    static let selection = """
        SELECT \(selected) FROM \(joined)
        """

    /// The same, with the row of the drop that asked for the license.
    static let selectionWithDrop = """
        SELECT \(selected), license.drop_file FROM \(joined)
        """

    private static let joined = """
        license LEFT JOIN run ON run.number = license.run
                LEFT JOIN product ON product.id = license.product
                LEFT JOIN license AS predecessor ON predecessor.number = license.supersedes
        """

    private static let selected =
        columns.map { "license.\($0)" }.joined(separator: ", ")
        + ", run.issuer, product.name AS product_name, product.sha256 AS product_sha256"
        + ", predecessor.id AS predecessor_id"

    private static let columns = [
        "number", "id", "name", "customer", "description", "not_before", "expires_at", "issued_at",
        "deleted_at", "kid", "run", "token", "token_sha256", "product", "plan", "grace_days",
        "notice_days", "maintained_until", "supersedes", "request_id",
    ]
    private static let places = Dictionary(
        (columns + ["issuer", "product_name", "product_sha256", "predecessor_id"]).enumerated().map
        { ($1, $0) },
        uniquingKeysWith: { first, _ in first })

    /// - Parameter previous: whose texts are shared where they are the same.
    init(row: Row, after previous: LicenseRecord? = nil) throws {
        let columns = Columns(row, at: Self.places)
        let token = try columns.text("token")
        let verifiedDigest = try columns.optionalDigest("token_sha256")
        license = IssuedLicense(
            id: try columns.licenseID("id"), name: try columns.text("name"),
            customer: try columns.text("customer", likely: previous?.license.customer),
            description: try columns.optionalText("description"),
            issuer: try columns.text("issuer", likely: previous?.license.issuer),
            issuedAt: try columns.time("issued_at"),
            term: try LicenseTerm(columns), origin: try LicenseOrigin(columns),
            kid: try columns.keyID("kid", likely: previous?.license.kid), token: token,
            tokenDigest: verifiedDigest ?? SHA256Digest(of: token.utf8))
        run = try columns.integer("run")
        deletedAt = try columns.optionalTime("deleted_at")
        hasVerifiedDigest = verifiedDigest != nil
        number = try columns.integer("number")
    }
}

extension LicenseRecord {
    /// What is otherwise in it than in the one that it follows.
    package func succession(to predecessor: LicenseRecord) throws(LedgerError.Reason) -> Succession
    {
        do throws(TokenError) {
            return try Succession(to: predecessor.license, by: license)
        } catch {
            throw .damaged("the token of \(id) or of \(predecessor.id) cannot be read: \(error)")
        }
    }
}

extension LicenseTerm {
    /// In the column of ends, what a license without one has: no other time can be there.
    static let never = Timestamp.latest.secondsSinceEpoch + 1

    /// What the column of ends has.
    var recordedEnd: Int64 { expiresAt?.secondsSinceEpoch ?? Self.never }

    fileprivate init(_ columns: Columns) throws {
        let end = try columns.integer("expires_at")
        self.init(
            notBefore: try columns.time("not_before"),
            expiresAt: end == Self.never ? nil : try columns.time("expires_at"),
            graceDays: try columns.optionalCount("grace_days"),
            noticeDays: try columns.optionalCount("notice_days"),
            maintainedUntil: try columns.optionalTime("maintained_until"))
    }
}

extension LicenseOrigin {
    fileprivate init(_ columns: Columns) throws {
        let product = try columns.optionalInteger("product").map { _ in
            Product(
                name: try columns.text("product_name"), plan: try columns.optionalText("plan"),
                digest: try columns.digest("product_sha256"))
        }
        self.init(
            product: product, requestID: try columns.optionalText("request_id"),
            supersedes: try columns.optionalInteger("supersedes").map { _ in
                try columns.licenseID("predecessor_id")
            })
    }
}
