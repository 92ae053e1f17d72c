import Console
import Station
import StrictJSON

extension AddedCosignatures: PrintableResult {
    var json: OrderedJSON {
        .object([
            "size": .integer(size), "added": .array(added.map(OrderedJSON.string)),
            "known": .array(known.map(OrderedJSON.string)),
        ])
    }

    var lines: [String] {
        added.map { "\($0) has cosigned the head of \(size)" }
            + known.map { "\($0) had cosigned the head of \(size) already" }
    }
}
