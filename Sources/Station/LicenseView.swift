import Bundling
import Ledger
import LicenseToken
package import RFC3339
package import StrictJSON

/// A license as the vendor sees it.
package struct LicenseView: Sendable {
    package enum State: String, Sendable {
        case valid, expired, deleted
        case notYetValid = "not yet valid"
    }

    private let record: LicenseRecord

    init(_ record: LicenseRecord) {
        self.record = record
    }

    package var id: String { record.id }
    package var name: String { record.name }
    package var customer: String { record.customer }
    package var description: String? { record.description }
    package var notBefore: String { timeText(record.notBefore) }
    package var expiresAt: String { timeText(record.expiresAt) }
    package var issuedAt: String { timeText(record.issuedAt) }
    package var deletedAt: String? { record.deletedAt.map(timeText) }
    package var kid: String { record.kid }
    package var run: Int64 { record.run }
    package var token: String { record.token }

    package func state(at now: Timestamp) -> State {
        if record.deletedAt != nil { return .deleted }
        if record.expiresAt <= now.secondsSinceEpoch { return .expired }
        return record.notBefore <= now.secondsSinceEpoch ? .valid : .notYetValid
    }

    package var json: OrderedJSON { .object(members) }

    private var members: [OrderedJSON.Member] {
        let all: [(String, OrderedJSON?)] = [
            ("id", .string(id)), ("name", .string(name)), ("customer", .string(customer)),
            ("description", description.map(OrderedJSON.string)),
            ("notBefore", .string(notBefore)), ("expiresAt", .string(expiresAt)),
            ("issuedAt", .string(issuedAt)), ("deletedAt", deletedAt.map(OrderedJSON.string)),
            ("kid", .string(kid)), ("run", .integer(run)),
        ]
        return all.compactMap { name, value in value.map { .init(name, $0) } }
    }

    func json(payload: OrderedJSON, bundles: [String]) -> OrderedJSON {
        .object(
            members + [
                .init("payload", payload), .init("token", .string(token)),
                .init("bundles", .array(bundles.map(OrderedJSON.string))),
            ])
    }
}

/// A license with all that is known of it.
package struct LicenseDetails: Sendable {
    package let license: LicenseView
    /// The payload's members, as the token has them.
    package let payload: OrderedJSON
    /// Paths in the outbox.
    package let bundles: [String]

    package var json: OrderedJSON { license.json(payload: payload, bundles: bundles) }
}

extension OpenStation {
    /// Calls `body` with each license, oldest first, without holding them all.
    package func forEachLicense(
        customer: String?, _ body: (LicenseView) throws(StationFailure) -> Void
    ) throws(StationFailure) {
        var failure: StationFailure?
        try fromLedger { ledger throws(LedgerError) in
            try ledger.forEachLicense(customer: customer) { license in
                do throws(StationFailure) {
                    try body(LicenseView(license))
                    return true
                } catch {
                    failure = error
                    return false
                }
            }
        }
        if let failure { throw failure }
    }

    /// The license of this id, or the live one of this name.
    package func license(_ idOrName: String) throws(StationFailure) -> LicenseView {
        let found = try fromLedger { ledger throws(LedgerError) -> LicenseRecord? in
            if let id = LicenseID(idOrName), let record = try ledger.license(id: id.description) {
                return record
            }
            return try ledger.license(name: idOrName)
        }
        guard let found else {
            throw StationFailure(
                .noInput,
                "there is no license with the id or name '\(idOrName)': 'coldmint list' shows all")
        }
        return LicenseView(found)
    }

    package func details(_ idOrName: String) throws(StationFailure) -> LicenseDetails {
        let license = try license(idOrName)
        let runs = try fromLedger { ledger throws(LedgerError) in
            try ledger.bundleRuns(run: license.run, customer: license.customer)
        }
        do throws(TokenError) {
            return LicenseDetails(
                license: license, payload: try SignedToken(license.token).payload(),
                bundles: runs.map { BundleName(customer: license.customer, run: $0).path })
        } catch {
            throw StationFailure(
                .inputOutput,
                "\(folder.ledger): the token of \(license.id) is damaged: restore the ledger from "
                    + "a backup")
        }
    }
}
