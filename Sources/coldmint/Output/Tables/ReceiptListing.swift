import Console
import RequestTables
import Tables

/// Receipts as a person or a spreadsheet reads them.
struct ReceiptListing {
    let receipts: [ReceiptFile]

    // MARK: - For people

    var lines: [String] { receipts.flatMap(Self.lines) }

    private static func lines(of receipt: ReceiptFile) -> [String] {
        let run = receipt.run.map { " in run \($0)" } ?? ""
        let time = receipt.handledAt.map { ", \($0)" } ?? ""
        let heading = "\(receipt.file): \(receipt.outcome.rawValue)\(run)\(time)"
        if receipt.outcome == .repeated {
            let first = receipt.firstRun.map { ": accepted in run \($0) already" } ?? ""
            return [heading + first]
        }
        let rows = receipt.entries.map { entry -> [String] in
            let id = entry.requestID ?? ""
            if let problem = entry.problem { return [id, problem.code, problem.message] }
            return [
                id, entry.action ?? "", entry.customer ?? "", entry.license ?? "",
                entry.expiresAt ?? "", entry.name ?? "",
            ]
        }
        return [heading] + alignedColumns(rows).map { "  \($0)" }
    }

    // MARK: - For spreadsheets

    private static let header = [
        "file", "outcome", "requestId", "action", "name", "customer", "license", "notBefore",
        "expiresAt", "bundle", "code", "problem",
    ]

    private static func cells(of entry: ReceiptFile.Entry, in receipt: ReceiptFile) -> [String] {
        [
            receipt.file, receipt.outcome.rawValue, entry.requestID, entry.action, entry.name,
            entry.customer, entry.license, entry.notBefore, entry.expiresAt, entry.bundle,
            entry.problem?.code, entry.problem?.message,
        ].map { $0 ?? "" }
    }

    var table: [UInt8] {
        let writer = TableWriter()
        var text = writer.row(Self.header)
        for receipt in receipts {
            for entry in receipt.entries {
                text += writer.row(Self.cells(of: entry, in: receipt))
            }
        }
        return text
    }
}
