import CalendarTime
import Console
import Failures
import LicenseToken
import Station

/// Licenses, a line each: for people in columns with a heading, for programs divided by tabs.
struct LicenseTable {
    /// Lines that share their columns' widths; holding more would keep the reader waiting.
    private static let batchCount = 500

    private let now: Timestamp
    private let isForPeople = Terminal.outputIsATerminal
    private var batch: [[String]] = []

    init(now: Timestamp) {
        self.now = now
        if isForPeople { batch.append(["ID", "STATE", "ENDS", "CUSTOMER", "NAME"]) }
    }

    mutating func add(_ license: LicenseView) throws(StationFailure) {
        let end = license.term.expiresAt.orNever
        batch.append([
            license.id.description, license.state(at: now).rawValue,
            isForPeople ? String(end.prefix("2027-12-01".count)) : end,
            license.customer, Terminal.plain(license.name),
        ])
        if batch.count >= Self.batchCount { try finish() }
    }

    /// Prints what has not been printed yet.
    mutating func finish() throws(StationFailure) {
        let lines = isForPeople ? alignedColumns(batch) : batch.map { $0.joined(separator: "\t") }
        try Terminal.printing { () throws(CommandFailure) in
            if !lines.isEmpty { try Terminal.printLine(lines.joined(separator: "\n")) }
        }
        batch = []
    }
}
