import ArgumentParser
import Logging

/// How a command logs.
struct LogOptions: ParsableArguments {
    @Option(help: "How to log: text for people, or json, one object a line.")
    var logFormat: LogFormat = .text

    /// - Parameter showsTime: also where people read; programs are always told the time.
    func logger(
        level: Logger.Level, showsTime: Bool = false, filter: RepeatFilter? = nil
    ) -> Logger {
        Logger(label: "coldmint") { [logFormat] _ in
            LogOutput(
                format: logFormat, showsTime: showsTime, filter: filter, logLevel: level)
        }
    }
}
