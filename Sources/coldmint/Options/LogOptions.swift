import ArgumentParser
import Logging

/// How a command logs.
struct LogOptions: ParsableArguments {
    @Option(help: "How to log: text for people, or json, one object a line.")
    var logFormat: LogFormat = .text

    func logger(level: Logger.Level, filter: RepeatFilter? = nil) -> Logger {
        LogOutput.logger(logFormat, level: level, filter: filter)
    }
}
