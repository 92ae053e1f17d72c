import Console
import Station
import StrictJSON

extension LogFork.Report: PrintableResult {
    var json: OrderedJSON {
        .object(["origin": .string(origin), "firstRun": .integer(firstRun)])
    }

    var lines: [String] {
        ["the log goes on as \(origin)", "the next run has the number \(firstRun)"]
    }
}
