import ArgumentParser
import Console
import DurableFiles
import Foundation
import Logging
import Station
import UnixSignals

struct Watch: AsyncParsableCommand, StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Issue as drops arrive, until SIGTERM or SIGINT.",
        discussion: """
            A signal lets the run in hand finish; a second one ends the process at once, which \
            loses nothing either.
            """,
        examples: [
            "coldmint watch",
            "coldmint watch --log-format json --passphrase-file /etc/coldmint/passphrase",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Option(
        help: ArgumentHelp(
            "Look into the inbox so often instead of watching it.", valueName: "seconds"))
    var poll: Double?

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var logging: LogOptions

    func validate() throws {
        if let poll, !(0.1...3600).contains(poll) {
            throw ValidationError("--poll takes seconds, from 0.1 to 3600")
        }
    }

    func run() async throws {
        StandardStreams.outliveReaders()
        let log = logging.logger(level: .info, showsTime: true, filter: RepeatFilter())
        let watcher = Watcher(
            station, keys: KeyRing(passphrase.source, log: log),
            environment: ProcessMemory.environment, log: log,
            pollSeconds: poll)
        // Signals are trapped after the prompt: there they end the process.
        try watcher.openKey()
        let stop = try StopRequest()
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let listening = Task {
            for await signal in signals {
                // The one command that ends the process itself: the run in hand may be stuck on a
                // disk that does not answer, and nothing that it holds outlives the process.
                if stop.wasMade { _exit(128 + signal.rawValue) }
                log.info("stopping after the run in hand", metadata: ["signal": "\(signal)"])
                stop.make()
            }
        }
        defer { listening.cancel() }
        try await Self.onThreadOfItsOwn {
            try watcher.run(until: stop)
        }
    }

    /// A watch blocks, and the threads that Swift's tasks share must not be blocked.
    private static func onThreadOfItsOwn(_ body: @escaping @Sendable () throws -> Void) async throws
    {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
        }
    }
}
