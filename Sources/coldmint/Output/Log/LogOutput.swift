import CalendarTime
import Foundation
import Logging
import Station
import StrictJSON

/// Writes log entries to standard error. Values come from outside and are made harmless.
struct LogOutput: LogHandler {
    let format: LogFormat
    var filter: RepeatFilter?
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    static func logger(
        _ format: LogFormat, level: Logger.Level, filter: RepeatFilter? = nil
    ) -> Logger {
        Logger(label: "coldmint") { _ in
            LogOutput(format: format, filter: filter, logLevel: level)
        }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let values = all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        let text = Self.text("\(event.message)", values)
        if let filter, !filter.lets(text) { return }
        switch format {
        case .text: Terminal.printMessage(text)
        case .json: Terminal.write(error: Self.json(event, values) + "\n")
        }
    }

    private static func text(_ message: String, _ values: [(String, String)]) -> String {
        let list = values.map { "\($0.0): \(Terminal.plain($0.1))" }.joined(separator: ", ")
        return list.isEmpty ? message : "\(message) (\(list))"
    }

    private static func json(_ event: LogEvent, _ values: [(String, String)]) -> String {
        var members: [OrderedJSON.Member] = [
            .init("time", .string((try? SystemEnvironment.system.now().description) ?? "unknown")),
            .init("level", .string(event.level.rawValue)),
            .init("message", .string("\(event.message)")),
        ]
        members += values.map { .init($0.0, .string($0.1)) }
        return OrderedJSON.object(members).compactText
    }
}
