import Station
import StrictJSON

extension LicenseDetails {
    /// The license itself with its payload, token, bundles, signers and history.
    var json: OrderedJSON {
        .object(
            license.members + [
                .init("payload", payload), .init("token", .string(license.token)),
                .init("bundles", .array(bundles.map(OrderedJSON.string))),
            ]
                + OrderedJSON.Member.present([
                    ("signers", signers.isEmpty ? nil : .array(signers.map(\.json)))
                ]) + [
                    .init("history", .array(history.map(\.json)))
                ])
    }
}
