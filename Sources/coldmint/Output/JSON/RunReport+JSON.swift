import Station
import StrictJSON

extension RunReport {
    var json: OrderedJSON {
        .object([
            "run": run.map(OrderedJSON.integer),
            "accepted": .integer(Int64(accepted)),
            "rejected": .integer(Int64(rejected)),
            "repeated": .integer(Int64(repeated)),
            "waiting": .integer(Int64(waiting)),
            "awaitingApproval": awaitingApproval.isEmpty
                ? nil : .array(awaitingApproval.map(\.json)),
            "licenses": .integer(Int64(licenses)),
            "bundles": .array(bundles.map(OrderedJSON.string)),
        ])
    }
}
