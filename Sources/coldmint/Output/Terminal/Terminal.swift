import Foundation
import Signing
import Station
import StrictJSON
import SystemPackage

/// What the process says: results on standard output, everything else on standard error.
enum Terminal {
    static func printLine(_ line: String) throws(StationFailure) {
        try write(line + "\n")
    }

    static func printJSON(_ json: OrderedJSON) throws(StationFailure) {
        try write(escaped(json.prettyText) + "\n")
    }

    /// Prints an array element by element: there may be more of them than memory should hold.
    static func printJSONArray<Result>(
        _ body: (_ add: (OrderedJSON) throws(StationFailure) -> Void) throws(StationFailure) ->
            Result
    ) throws(StationFailure) -> Result {
        var isFirst = true
        let result = try body { element throws(StationFailure) in
            try write((isFirst ? "[\n" : ",\n") + escaped(element.compactText))
            isFirst = false
        }
        try write(isFirst ? "[]\n" : "\n]\n")
        return result
    }

    /// Writes the text as it is, without a line end.
    static func write(_ text: String) throws(StationFailure) {
        do {
            try FileDescriptor.standardOutput.writeAll(text.utf8)
        } catch Errno.brokenPipe {
            // Whoever read has left: nothing is missing there.
        } catch {
            throw StationFailure(.inputOutput, "standard output cannot be written: \(error)")
        }
    }

    /// Tells people something besides the result.
    static func printMessage(_ message: String) {
        write(error: "coldmint: \(plain(message))\n")
    }

    static func write(error text: String) {
        ProgressLine.remove()
        writeDirectly(error: text)
    }

    static func writeDirectly(error text: String) {
        // A failure is thrown away: it could only be reported here.
        _ = try? FileDescriptor.standardError.writeAll(text.utf8)
    }

    static var outputIsATerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var inputIsATerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// Asks a question at the terminal; anything but yes is no.
    static func agrees(to question: String) -> Bool {
        write(error: "\(plain(question)) [y/N] ")
        return ["y", "yes"].contains(readLine()?.lowercased())
    }

    /// Writes straight from guarded memory: no copy of the secret is made.
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
}
