import ArgumentParser
import DurableFiles
import Foundation
import Logging
import Spool
import Station
import UnixSignals

struct Watch: AsyncParsableCommand, StationCommand {
    static let configuration = CommandConfiguration(
        abstract: "Issue as drops arrive, until SIGTERM or SIGINT.",
        discussion: """
            A signal lets the run in hand finish; a second one ends the process at once, which \
            loses nothing either.
            """)

    @ParentCommand var root: Coldmint
    @OptionGroup var place: StationOption

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
        let log = logging.logger(level: .info, filter: RepeatFilter())
        let stop = try StopRequest()
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let watcher = Watcher(
            station, keys: KeyRing(passphrase.source), environment: .system, log: log,
            pollSeconds: poll)
        let listening = Task {
            for await signal in signals {
                if stop.wasMade { _exit(128 + signal.rawValue) }
                log.info("stopping after the run in hand", metadata: ["signal": "\(signal)"])
                stop.make()
            }
        }
        defer { listening.cancel() }
        try await Self.onOwnThread {
            try watcher.run(until: stop)
        }
    }

    /// Away from the threads that Swift's tasks share, which must not be blocked.
    private static func onOwnThread(_ body: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
        }
    }
}
