import CalendarTime
import LicenseToken
import Station
import StrictJSON

extension LicenseDetails {
    /// The license itself with its payload, token, bundles, signers and history.
    func json(at now: Timestamp) -> OrderedJSON {
        .object(
            license.members(at: now) + [
                .init("payload", payload), .init("token", .string(license.token)),
                .init("bundles", .array(bundles.map(OrderedJSON.string))),
            ]
                + OrderedJSON.Member.present([
                    ("productSha256", license.productDigest.map(OrderedJSON.string)),
                    (
                        "changes",
                        succession.map { .array($0.changes.map(OrderedJSON.string)) }
                    ),
                    ("chain", chain.count < 2 ? nil : .array(chain.map { $0.link(at: now) })),
                    ("signers", signers.isEmpty ? nil : .array(signers.map(\.json))),
                ]) + [
                    .init("history", .array(history.map(\.json)))
                ])
    }
}

extension LicenseView {
    /// What a chain shows of each license.
    fileprivate func link(at now: Timestamp) -> OrderedJSON {
        .object([
            "id": .string(id.description), "name": .string(name),
            "notBefore": .string(term.notBefore.description),
            "expiresAt": term.expiresAt.map { .string($0.description) },
            "state": .string(state(at: now).rawValue),
        ])
    }
}
