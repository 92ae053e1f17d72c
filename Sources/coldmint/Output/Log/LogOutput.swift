import CalendarTime
import Console
import Foundation
import Logging
import Station
import StrictJSON

/// Writes log entries to standard error. Values come from outside and are made harmless.
struct LogOutput: LogHandler {
    let format: LogFormat
    /// Whether each line for people begins with the time.
    var showsTime = false
    var filter: RepeatFilter?
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let values = all.sorted { $0.key < $1.key }
        let text = Self.text("\(event.message)", values)
        if let filter, !filter.lets(text) { return }
        switch format {
        case .text: Terminal.printMessage(showsTime ? "\(Self.time) \(text)" : text)
        case .json: Terminal.write(error: Self.json(event, values) + "\n")
        }
    }

    private static var time: String {
        // What is wrong with the clock is thrown away: the run that needs it says so.
        (try? SystemEnvironment.system.now().description) ?? "unknown"
    }

    private static func text(_ message: String, _ values: [Logger.Metadata.Element]) -> String {
        let list = values.map { "\($0.key): \(Terminal.plain("\($0.value)"))" }
            .joined(separator: ", ")
        return list.isEmpty ? message : "\(message) (\(list))"
    }

    private static func json(_ event: LogEvent, _ values: [Logger.Metadata.Element]) -> String {
        var members: [OrderedJSON.Member] = [
            .init("time", .string(time)), .init("level", .string(event.level.rawValue)),
            .init("message", .string("\(event.message)")),
        ]
        members += values.map { .init($0.key, json($0.value)) }
        return OrderedJSON.object(members).compactText
    }

    /// Numbers are numbers for programs, too; a text of digits, the name of a file for example,
    /// stays a text.
    private static func json(_ value: Logger.MetadataValue) -> OrderedJSON {
        if case .stringConvertible(let value) = value, let number = value as? any BinaryInteger {
            return .integer(Int64(clamping: number))
        }
        return .string("\(value)")
    }
}
