package import Tables

/// What became of each row of a table.
package struct ReceiptTable {
    package struct Fault: Error, Sendable {
        package let message: String
    }

    private struct Answer {
        let entry: ReceiptFile.Entry
        let receipt: Int
    }

    /// What stands behind the table's own columns.
    private static let added = [
        "outcome", "license", "notBefore", "expiresAt", "bundle", "problem",
    ]

    private var reader: TableReader
    private let layout: RequestLayout
    private let receipts: [(name: String, receipt: ReceiptFile)]
    /// The table's name without its ending, by which drops were named where it was divided.
    private let stem: String
    private var answers: [String: [Answer]] = [:]
    private var answered: Set<String> = []

    package var form: TableForm { reader.form }

    /// - Parameters:
    ///   - options: those that the requests were made with.
    ///   - stem: the name of the table's file, without its ending.
    package init(
        _ bytes: [UInt8], named stem: String, _ options: TableOptions,
        _ receipts: [(name: String, receipt: ReceiptFile)]
    ) throws(Fault) {
        do throws(TableFaults) {
            reader = try TableReader(bytes)
        } catch {
            throw Fault(message: Self.message(error.faults))
        }
        do throws(TableOptions.Fault) {
            layout = try RequestLayout(reader.columns, options, products: .none, place: .table)
        } catch {
            throw Fault(message: error.message)
        }
        self.receipts = receipts
        self.stem = stem
        for (index, receipt) in receipts.enumerated() {
            for entry in receipt.receipt.entries {
                guard let id = entry.requestID else { continue }
                answers[id, default: []].append(Answer(entry: entry, receipt: index))
            }
        }
    }

    private static func message(_ faults: [TableFault]) -> String {
        faults.prefix(1).map { fault in
            (fault.place.map { "\($0): " } ?? "") + fault.message
        }.joined()
    }

    /// The table's own, then what receipts say; where the table has such a column, with `receipt.`
    /// before it.
    package var header: [String] {
        let own = reader.columns.map(\.name)
        return own + Self.added.map { own.contains($0) ? "receipt.\($0)" : $0 }
    }

    /// The cells of the next row; `nil` at the end.
    package mutating func next() throws(Fault) -> [String]? {
        guard let row = reader.next() else {
            guard reader.faults.isEmpty else { throw Fault(message: Self.message(reader.faults)) }
            return nil
        }
        let id = layout.field(.requestID)?.text(in: row) ?? "row \(row.number)"
        answered.insert(id)
        return reader.columns.indices.map { row[$0] } + (try outcome(of: row, id))
    }

    /// How many rows have the `requestId` of requests with another name or customer, and of none else.
    package private(set) var disagreements = 0

    /// How many requests in the receipts belong to no row, once all rows have been read.
    package var strangers: Int { answers.keys.count { !answered.contains($0) } }

    /// Whether a result may be that of a row: the number of a row alone says little, since tables are
    /// sorted, and the next one is called the same.
    private func agrees(_ entry: ReceiptFile.Entry, with row: TableRow) -> Bool {
        guard entry.action == "create" else { return true }
        return [(RequestMember.name, entry.name), (.customer, entry.customer)].allSatisfy {
            member, value in
            guard let value, let text = layout.field(member)?.text(in: row) else { return true }
            return value.utf8.elementsEqual(text.utf8)
        }
    }

    private mutating func outcome(of row: TableRow, _ id: String) throws(Fault) -> [String] {
        let found = answers[id] ?? []
        let all = found.filter { receipts[$0.receipt].receipt.outcome == .accepted }
        let results = all.filter { agrees($0.entry, with: row) }
        if results.isEmpty, !all.isEmpty { disagreements += 1 }
        if let result = results.first {
            if let other = results.dropFirst().first {
                throw Fault(
                    message: "row \(row.number): '\(id)' was accepted twice, in "
                        + "\(receipts[result.receipt].name) and in \(receipts[other.receipt].name): "
                        + "name the receipts of this table only")
            }
            let entry = result.entry
            return [
                "accepted", entry.license ?? "", entry.notBefore ?? "", entry.expiresAt ?? "",
                entry.bundle ?? "", "",
            ]
        }
        let problems = found.compactMap(\.entry.problem?.message)
        if !problems.isEmpty {
            return ["rejected", "", "", "", "", problems.joined(separator: "; ")]
        }
        return outcomeOfDrop(with: row)
    }

    /// Of a row that no receipt speaks of by itself.
    private func outcomeOfDrop(with row: TableRow) -> [String] {
        let drops = receipts.map(\.receipt).filter { isInDrop(row, $0) }
        if let repeated = drops.first(where: { $0.outcome == .repeated }) {
            let run = repeated.firstRun.map { " in run \($0)" } ?? ""
            return [
                "repeated", "", "", "", "",
                "accepted before\(run): its receipt says what became of it",
            ]
        }
        guard drops.contains(where: { $0.outcome == .rejected }) else {
            return Self.added.map { _ in "" }
        }
        return ["rejected", "", "", "", "", "refused with its drop"]
    }

    private func isInDrop(_ row: TableRow, _ receipt: ReceiptFile) -> Bool {
        if receipts.count == 1 || receipt.file == "\(stem).json" { return true }
        return [RequestMember.customer, .product].contains { member in
            layout.field(member)?.text(in: row).map { receipt.file == "\(stem)-\($0).json" }
                ?? false
        }
    }
}
