import Station
import StrictJSON

extension StandingCounts {
    var json: OrderedJSON {
        .object([
            "valid": .integer(Int64(valid)), "notYetValid": .integer(Int64(notYetValid)),
            "inGrace": .integer(Int64(inGrace)), "expired": .integer(Int64(expired)),
            "deleted": .integer(Int64(deleted)),
        ])
    }
}
