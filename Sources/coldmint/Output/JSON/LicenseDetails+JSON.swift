import Station
import StrictJSON

extension LicenseDetails {
    /// The license itself with its payload, token, bundles and history.
    var json: OrderedJSON {
        .object(
            license.members + [
                .init("payload", payload), .init("token", .string(license.token)),
                .init("bundles", .array(bundles.map(OrderedJSON.string))),
                .init("history", .array(history.map(\.json))),
            ])
    }
}
