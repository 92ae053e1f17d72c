import ArgumentParser

/// How the log is written to standard error.
enum LogFormat: String, CaseIterable {
    /// For people, one line each: `coldmint: a drop was refused: … (file: acme.json)`.
    case text
    /// For programs, one JSON object a line.
    case json
}

extension LogFormat: ExpressibleByArgument {}
