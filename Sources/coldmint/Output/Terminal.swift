import Foundation
import Signing
import Station
import StrictJSON
import SystemPackage

/// What the process says: results on standard output, everything else on standard error.
enum Terminal {
    static func result(_ line: String) throws(StationFailure) {
        try write(line + "\n")
    }

    static func result(_ json: OrderedJSON) throws(StationFailure) {
        try write(escaped(json.prettyText) + "\n")
    }

    /// An array, element by element: there may be more of them than memory should hold.
    static func resultArray(
        _ body: (_ add: (OrderedJSON) throws(StationFailure) -> Void) throws(StationFailure) -> Void
    ) throws(StationFailure) {
        var isFirst = true
        try body { element throws(StationFailure) in
            try write((isFirst ? "[\n" : ",\n") + escaped(element.compactText))
            isFirst = false
        }
        try write(isFirst ? "[]\n" : "\n]\n")
    }

    /// As it is, without a line end.
    static func write(_ text: String) throws(StationFailure) {
        do {
            try FileDescriptor.standardOutput.writeAll(text.utf8)
        } catch {
            throw StationFailure(.inputOutput, "standard output cannot be written: \(error)")
        }
    }

    static func complain(_ message: String) {
        write(error: "coldmint: \(plain(message))\n")
    }

    /// Where not even this can be written, there is nobody left to tell.
    static func write(error text: String) {
        ProgressLine.remove()
        writeDirectly(error: text)
    }

    static func writeDirectly(error text: String) {
        _ = try? FileDescriptor.standardError.writeAll(text.utf8)
    }

    static var outputIsATerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var inputIsATerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// Asks a question at the terminal; anything but yes is no.
    static func agrees(to question: String) -> Bool {
        write(error: "\(plain(question)) [y/N] ")
        return ["y", "yes"].contains(readLine()?.lowercased())
    }

    /// Straight from guarded memory.
    static func write(secret: borrowing SecretBytes) throws(StationFailure) {
        do {
            _ = try secret.withUnsafeBytes { try FileDescriptor.standardOutput.writeAll($0) }
        } catch {
            throw StationFailure(.inputOutput, "standard output cannot be written: \(error)")
        }
    }

    /// A secret must not land in a file that others can read.
    static func refuseReadableOutput() throws(StationFailure) {
        var status = stat()
        guard fstat(STDOUT_FILENO, &status) == 0 else { return }
        let isFile = status.st_mode & S_IFMT == S_IFREG
        let isPipe = status.st_mode & S_IFMT == S_IFIFO
        let isOpenToOthers =
            (isFile || isPipe) && status.st_mode & 0o077 != 0
            || isFile && status.st_uid != geteuid()
        guard isOpenToOthers else { return }
        throw StationFailure(
            .noPermission,
            "standard output is a file that others can read: run 'umask 077' and write a new file")
    }

    /// A text of somebody else's, on one line and without codes that a terminal would obey.
    static func plain(_ text: String) -> String {
        var plain = ""
        for scalar in text.unicodeScalars {
            if isObeyed(scalar) {
                plain += scalar.escaped(asASCII: true)
            } else {
                plain.unicodeScalars.append(scalar)
            }
        }
        return plain
    }

    /// JSON without codes that a terminal would obey; they can only stand in strings there.
    private static func escaped(_ json: String) -> String {
        guard json.utf8.contains(where: { $0 >= 0x7f }) else { return json }
        var escaped = ""
        for scalar in json.unicodeScalars {
            if scalar.value >= 0x7f && isObeyed(scalar) {
                let digits = String(scalar.value, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// Control characters, line ends, and what turns the direction of the text around.
    private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default:
            (0x202a...0x202e).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        }
    }
}
