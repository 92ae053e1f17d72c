package import Failures
import Glibc
package import StrictJSON
import SystemPackage

/// What the process says: results on standard output, everything else on standard error.
package enum Terminal {
    package static func printLine(_ line: String) throws(CommandFailure) {
        try write(line + "\n")
    }

    package static func printJSON(_ json: OrderedJSON) throws(CommandFailure) {
        try write(escaped(json.prettyText) + "\n")
    }

    /// Writes the text as it is, without a line end.
    package static func write(_ text: String) throws(CommandFailure) {
        do {
            try FileDescriptor.standardOutput.writeAll(text.utf8)
        } catch Errno.brokenPipe {
            // Whoever read has left: nothing is missing there.
        } catch {
            throw CommandFailure(.inputOutput, "standard output cannot be written: \(error)")
        }
    }

    /// Tells people something besides the result.
    package static func printMessage(_ message: String) {
        write(error: "coldmint: \(plain(message))\n")
    }

    package static func write(error text: String) {
        BottomLine.remove()
        writeDirectly(error: text)
    }

    package static func writeDirectly(error text: String) {
        // A failure is thrown away: it could only be reported here.
        _ = try? FileDescriptor.standardError.writeAll(text.utf8)
    }

    package static var outputIsATerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    package static var inputIsATerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// Asks a question at the terminal; anything but yes is no.
    package static func agrees(to question: String) -> Bool {
        write(error: "\(plain(question)) [y/N] ")
        return ["y", "yes"].contains(readLine()?.lowercased())
    }
}
