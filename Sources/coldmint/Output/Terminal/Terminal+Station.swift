import Console
import Failures
import Station
import StrictJSON

/// Printing between steps of the station's, whose failures are the station's.
extension Terminal {
    static func printing(_ body: () throws(CommandFailure) -> Void) throws(StationFailure) {
        do throws(CommandFailure) {
            try body()
        } catch {
            throw StationFailure(error)
        }
    }

    /// Prints an array element by element: there may be more of them than memory should hold.
    static func printJSONArray<Result>(
        _ body: (_ add: (OrderedJSON) throws(StationFailure) -> Void) throws(StationFailure) ->
            Result
    ) throws(StationFailure) -> Result {
        var isFirst = true
        func write(_ text: String) throws(StationFailure) {
            try printing { () throws(CommandFailure) in try Terminal.write(text) }
        }
        let result = try body { element throws(StationFailure) in
            try write((isFirst ? "[\n" : ",\n") + escaped(element.compactText))
            isFirst = false
        }
        try write(isFirst ? "[]\n" : "\n]\n")
        return result
    }
}
