import Console
import Station
import StrictJSON

extension LogExport.Report: PrintableResult {
    var json: OrderedJSON {
        .object([
            "origin": .string(origin), "entries": .integer(size),
            "files": .integer(Int64(fileCount)),
        ])
    }

    var lines: [String] {
        [
            "\(origin): \(size) \(size == 1 ? "entry" : "entries") exported, "
                + "\(counted(fileCount, "new file"))"
        ]
    }
}
