import CalendarTime
import DurableFiles
import Ledger
package import LicenseRequest
import Signing
import Spool
package import StrictJSON

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

    func rejected(_ problems: [Problem]) -> String {
        text(.rejected, .init("problems", .array(problems.map(\.json))))
    }

    /// Points at the drop that was accepted.
    func repeated(first: DropRecord) -> String {
        text(.repeated, .init("first", first.reference))
    }

    private func text(_ outcome: DropOutcome, _ finding: OrderedJSON.Member) -> String {
        var members: [OrderedJSON.Member] = [
            .init("outcome", .string(outcome.rawValue)),
            .init("file", .string(drop.claim.original.description)),
        ]
        if let digest = drop.digest { members.append(.init("sha256", .string(digest.description))) }
        members += [
            .init("run", .integer(run.number)),
            .init("handledAt", .string(run.startedAt.description)), finding,
        ]
        return OrderedJSON.object(members).prettyText + "\n"
    }
}

extension DropRecord {
    /// The drop's own name.
    var originalName: String { Station.originalName(ofClaim: claim) }

    /// `{"run":…,"file":…,"receipt":…}`, the receipt as seen from the inbox.
    var reference: OrderedJSON {
        .object([
            "run": .integer(run), "file": .string(originalName),
            "receipt": ClaimName(FileName(bytes: claim)).map { .string("accepted/\($0.receipt)") },
        ])
    }
}

extension Problem {
    /// `{"code":…,"pointer":…,"line":…,"column":…,"message":…}`
    package var json: OrderedJSON {
        .object([
            "code": .string(code.rawValue),
            "pointer": .string(pointer.description),
            "line": position.map { .integer(Int64($0.line)) },
            "column": position.map { .integer(Int64($0.column)) },
            "requestId": requestID.map(OrderedJSON.string),
            "message": .string(message),
        ])
    }
}

/// What a drop was called before it was taken up, as messages show it.
func originalName(ofClaim claim: [UInt8]) -> String {
    let name = FileName(bytes: claim)
    return (ClaimName(name)?.original ?? name).description
}
