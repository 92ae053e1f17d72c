import GRDB
import LicenseToken

/// The names under which the log's heads are signed.
struct LogOrigins {
    /// So many characters of the station's first kid tell its log from another station's.
    private static let kidPrefixLength = 11

    let database: Database

    func all() throws -> [LogOriginRecord] {
        try Row.fetchAll(
            database.cachedStatement(sql: "SELECT * FROM log_origin ORDER BY first_entry")
        ).map(LogOriginRecord.init)
    }

    /// The one that holds now. The first one is made with the log's first head, and stays when the
    /// issuer changes.
    func current(issuer: String) throws -> String {
        if let last = try all().last { return last.origin }
        let origin = try first(issuer: issuer)
        try database.execute(
            sql: "INSERT INTO log_origin (first_entry, origin, first_run) VALUES (0, ?, 1)",
            arguments: [origin])
        return origin
    }

    /// The issuer without its scheme, and the beginning of the first kid.
    func first(issuer: String) throws -> String {
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT kid FROM key_event ORDER BY id LIMIT 1"))
        guard let kid = try row.map({ try Columns($0).keyID("kid") }) else {
            throw LedgerError.Reason.damaged("there is no key in it")
        }
        return Self.origin(issuer: issuer, firstKid: kid)
    }

    static func origin(issuer: String, firstKid: KeyID) -> String {
        let scheme = issuer.firstRange(of: "://")
        var name = scheme.map { String(issuer[$0.upperBound...]) } ?? issuer
        while name.hasSuffix("/") { name.removeLast() }
        // A note's key name has neither spaces nor plus signs (C2SP signed-note).
        name.replace("+", with: "%2B")
        return "\(name)/\(firstKid.description.prefix(kidPrefixLength))"
    }
}
