import ArgumentParser
import Console
import Failures
import Station

/// Asks before something is done that matters, where there is somebody to ask.
struct Confirmation: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Do not ask for confirmation.")
    var yes = false

    func confirm(_ question: String) throws {
        guard !yes, Terminal.inputIsATerminal else { return }
        guard Terminal.agrees(to: question) else { throw ExitCode(.declined) }
    }
}
