import CalendarTime
import DurableFiles
import Ledger
import LicenseRequest
import Signatures
import Spool
import StrictJSON

/// The receipt of a drop: JSON text that says what became of it.
struct Receipt {
    private let drop: ParsedDrop
    private let run: RunRecord

    init(of drop: ParsedDrop, run: RunRecord) {
        self.drop = drop
        self.run = run
    }

    func accepted(_ results: [ReceiptResult]) -> String {
        text(.accepted, .init("results", .array(results.map(\.json))))
    }

    /// What `accepted` gives, in parts: first everything before the results.
    func acceptedHead() -> String {
        String(accepted([]).dropLast(Self.emptyEnd.utf8.count)) + "["
    }

    /// Results as they stand behind others, if there are any before them.
    static func part(_ results: [ReceiptResult], isFirst: Bool) -> String {
        var text: [UInt8] = []
        for (index, result) in results.enumerated() {
            result.json.appendElement(to: &text, isFirst: isFirst && index == 0, depth: 2)
        }
        return String(decoding: text, as: UTF8.self)
    }

    static let acceptedEnd = "\n  ]\n}\n"
    private static let emptyEnd = "[]\n}\n"

    func rejected(_ problems: [Problem]) -> String {
        text(.rejected, .init("problems", .array(problems.map(\.json))))
    }

    /// Points at the drop that was accepted.
    func repeated(first: DropRecord) -> String {
        text(.repeated, .init("first", AcceptedDrop(first).json))
    }

    private func text(_ outcome: DropOutcome, _ finding: OrderedJSON.Member) -> String {
        var members: [OrderedJSON.Member] = [
            .init("outcome", .string(outcome.rawValue)),
            .init("file", .string(drop.claim.original.description)),
        ]
        if let digest = drop.digest { members.append(.init("sha256", .string(digest.description))) }
        members += [
            .init("run", .integer(run.number)),
            .init("handledAt", .string(run.startedAt.description)),
        ]
        if let approvals = drop.approvals {
            members.append(.init("signers", .array(approvals.signers.map(\.json))))
        }
        members.append(finding)
        return OrderedJSON.object(members).prettyText + "\n"
    }
}
