import Bundles
import Failures
import Ledger
package import LicenseToken
import PlainText
import Signatures
package import StrictJSON

/// A license with all that is known of it.
package struct LicenseDetails: Sendable {
    package let license: LicenseView
    /// The payload's members, as the token has them.
    package let payload: OrderedJSON
    /// The licenses that followed each other, this one among them, the oldest first; only itself where
    /// it follows none and none follows it.
    package let chain: [LicenseView]
    /// What is otherwise in it than in the one before it.
    package let succession: Succession?
    /// Paths in the outbox.
    package let bundles: [String]
    package let history: [LicenseEvent]
    /// Who has signed the request that created it.
    package var signers: [Signer] { history.first?.approval?.signers ?? [] }
}

extension OpenStation {
    /// The license of this id or token, or the live one of this name.
    package func license(_ idOrName: String) throws(StationFailure) -> LicenseView {
        if let view = try license(ofToken: idOrName) { return view }
        let found = try fromLedger { ledger throws(LedgerError) -> LicenseRecord? in
            try ledger.withReader { reader throws(LedgerError) in
                if let id = LicenseID(idOrName), let record = try reader.license(id) {
                    return record
                }
                return try reader.liveLicense(named: idOrName)
            }
        }
        guard let found else {
            throw StationFailure(
                .noInput,
                idOrName.hasPrefix("eyJ") && idOrName.contains(".")
                    ? "this looks like a token and cannot be read: was it copied whole?"
                    : "there is no license with the id, and no live one with the name, "
                        + "'\(idOrName.shortened(to: 200))': 'coldmint list' shows all")
        }
        return LicenseView(found)
    }

    /// The license that a token was issued for; `nil` where the text is no token.
    private func license(ofToken text: String) throws(StationFailure) -> LicenseView? {
        // What is wrong with it is thrown away: it is taken for a name then.
        guard let claims = try? SignedToken(text).claims().root else { return nil }
        let subject = claims.member("sub")?.string ?? ""
        let record = try fromLedger { ledger throws(LedgerError) in
            try ledger.withReader { reader throws(LedgerError) in
                try LicenseID(subject).flatMap { id throws(LedgerError) in
                    try reader.license(id)
                }
            }
        }
        guard let record else {
            let issuer = claims.member("iss")?.string ?? "nobody"
            throw StationFailure(
                .noInput,
                "this station has not issued the token: it names \(issuer.shortened(to: 200)) as its "
                    + "issuer and the license '\(subject.shortened(to: 200))'")
        }
        guard record.license.token == text else {
            throw StationFailure(
                .dataError,
                "the token names the license \(record.id), and is not the one that was issued for it: "
                    + "somebody has changed it")
        }
        return LicenseView(record)
    }

    package func details(_ idOrName: String) throws(StationFailure) -> LicenseDetails {
        let license = try license(idOrName)
        let (chain, succession) = try chain(of: license)
        let (runs, history, signed) = try fromLedger { ledger throws(LedgerError) in
            (
                try ledger.bundleRuns(ofLicense: license.id),
                try ledger.history(ofLicense: license.id),
                try ledger.signedDrops(ofLicense: license.id)
            )
        }
        let approvals = Dictionary(
            signed.map { ($0.claim, RecordedApproval($0)) }, uniquingKeysWith: { first, _ in first }
        )
        return LicenseDetails(
            license: license, payload: try payload(of: license),
            chain: chain, succession: succession,
            bundles: runs.map { BundleName(customer: license.customer, run: $0).path },
            history: history.map {
                LicenseEvent(
                    $0, customer: license.customer, approval: approvals[$0.claim] ?? nil)
            })
    }

    private func chain(
        of license: LicenseView
    ) throws(StationFailure) -> (chain: [LicenseView], succession: Succession?) {
        let chain = try fromLedger { ledger throws(LedgerError) in
            try ledger.chain(of: license.id)
        }
        let place = chain.firstIndex { $0.id == license.id } ?? 0
        guard place > 0 else { return (chain.map(LicenseView.init), nil) }
        do throws(LedgerError.Reason) {
            let succession = try license.record.succession(to: chain[place - 1])
            return (chain.map(LicenseView.init), succession)
        } catch {
            throw StationFailure(.inputOutput, "\(folder.ledger): \(error)")
        }
    }

    /// The payload's members, as the token has them.
    func payload(of license: LicenseView) throws(StationFailure) -> OrderedJSON {
        do throws(TokenError) {
            return try SignedToken(license.token).payload(of: license.term)
        } catch {
            throw StationFailure(
                .inputOutput,
                "\(folder.ledger): the token of \(license.id) is damaged: restore the ledger from "
                    + "a backup")
        }
    }
}
