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
    package var expiresAt: Timestamp { license.expiresAt }
    package var isLive: Bool { deletedAt == nil }

    /// What `init(row:)` reads. The join is a left one: a license whose run is missing must be met
    /// as damaged, and not be passed over.
    static let selection = """
        SELECT \(selected) FROM license LEFT JOIN run ON run.number = license.run
        """

    /// The same, with the row of the drop that asked for the license.
    static let selectionWithDrop = """
        SELECT \(selected), license.drop_file
          FROM license LEFT JOIN run ON run.number = license.run
        """

    private static let selected =
        columns.map { "license.\($0)" }.joined(separator: ", ") + ", run.issuer"

    private static let columns = [
        "number", "id", "name", "customer", "description", "not_before", "expires_at", "issued_at",
        "deleted_at", "kid", "run", "token", "token_sha256",
    ]
    private static let places = Dictionary(
        (columns + ["issuer"]).enumerated().map { ($1, $0) },
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
            notBefore: try columns.time("not_before"), expiresAt: try columns.time("expires_at"),
            kid: try columns.keyID("kid", likely: previous?.license.kid), token: token,
            tokenDigest: verifiedDigest ?? SHA256Digest(of: token.utf8))
        run = try columns.integer("run")
        deletedAt = try columns.optionalTime("deleted_at")
        hasVerifiedDigest = verifiedDigest != nil
        number = try columns.integer("number")
    }
}
