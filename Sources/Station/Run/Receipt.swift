import CalendarTime
import DurableFiles
import Ledger
import LicenseRequest
import Spool
import StrictJSON

/// What every receipt of a drop begins with.
struct Receipt {
    let claim: ClaimName
    let sha256: String?
    let run: Int64
    let handledAt: Timestamp

    func accepted(_ results: [OrderedJSON]) -> String {
        text(.accepted, [.init("results", .array(results))])
    }

    func rejected(_ problems: [Problem]) -> String {
        text(.rejected, [.init("problems", .array(problems.map(\.json)))])
    }

    /// Points at the drop that was accepted.
    func repeated(first: DropRecord) -> String {
        text(.repeated, [.init("first", first.reference)])
    }

    private func text(_ outcome: Outcome, _ rest: [OrderedJSON.Member]) -> String {
        var members: [OrderedJSON.Member] = [
            .init("outcome", .string(outcome.rawValue)),
            .init("file", .string(claim.original.description)),
        ]
        if let sha256 { members.append(.init("sha256", .string(sha256))) }
        members += [
            .init("run", .integer(run)), .init("handledAt", .string(handledAt.description)),
        ]
        return OrderedJSON.object(members + rest).prettyText + "\n"
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
    var json: OrderedJSON {
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

/// A time of the ledger; what its type cannot hold is shown as a number of seconds.
func timeText(_ seconds: Int64) -> String {
    Timestamp(secondsSinceEpoch: seconds)?.description ?? String(seconds)
}
