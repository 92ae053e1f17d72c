import Console
import Station
import StrictJSON

extension StationStatus: PrintableResult {
    var json: OrderedJSON {
        .object([
            "keys": .array(keys.map(\.json)),
            "licenses": counts.json,
            "inbox": .object([
                "waiting": .integer(Int64(waiting)), "claimed": .integer(Int64(claimed)),
                "ignored": .array(ignored.map(OrderedJSON.string)),
                "signaturesWithoutDrop": .array(signaturesWithoutDrop.map(OrderedJSON.string)),
            ]),
            "awaitingApproval": .array(awaitingApproval.map(\.json)),
            "unfinishedRuns": .array(unfinishedRuns.map(OrderedJSON.integer)),
            "refusal": refusal.map(OrderedJSON.string),
            "expiringWithin30Days": .array(expiring.map { $0.json(at: now) }),
        ])
    }
}
