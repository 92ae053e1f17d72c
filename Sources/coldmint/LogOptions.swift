import ArgumentParser
import Logging

/// What commands that log have in common.
struct LogOptions: ParsableArguments {
    @Option(help: "How to log: text for people, or json, one object a line.")
    var logFormat: LogFormat = .text

    func logger(level: Logger.Level) -> Logger {
        LogOutput.logger(logFormat, level: level)
    }
}

extension LogFormat: ExpressibleByArgument {}
