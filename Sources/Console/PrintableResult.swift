package import Failures
package import StrictJSON

/// A command's result in the two forms in which it can be printed.
package protocol PrintableResult {
    /// For programs.
    var json: OrderedJSON { get }
    /// For people. Names and texts stand in them as they are: printing makes them harmless.
    var lines: [String] { get }
}

extension Terminal {
    package static func show(
        _ result: some PrintableResult, asJSON: Bool
    ) throws(CommandFailure) {
        if asJSON { return try printJSON(result.json) }
        for line in result.lines { try printLine(plain(line)) }
    }
}
