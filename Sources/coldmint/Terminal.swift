import Foundation
import Station
import StrictJSON

/// What the process says: results on standard output, everything else on standard error.
enum Terminal {
    static func result(_ line: String) throws(StationFailure) {
        try write(line + "\n")
    }

    static func result(_ json: OrderedJSON) throws(StationFailure) {
        try write(json.prettyText + "\n")
    }

    /// As it is, without a line end.
    static func write(_ text: String) throws(StationFailure) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            throw StationFailure(.inputOutput, "standard output cannot be written: \(error)")
        }
    }

    static func complain(_ message: String) {
        write(error: "coldmint: \(message)\n")
    }

    /// Where not even this can be written, there is nobody left to tell.
    static func write(error text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    static var outputIsATerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// A text of somebody else's, on one line and without codes that a terminal would obey.
    static func plain(_ text: String) -> String {
        var plain = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator:
                plain += scalar.escaped(asASCII: true)
            default: plain.unicodeScalars.append(scalar)
            }
        }
        return plain
    }
}
