import Bundling
import Ledger
import LicenseRequest
import RFC3339
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

    /// Points at the drop that was accepted; its receipt is named as seen from the inbox.
    func repeated(first: DropRecord) -> String {
        let claim = ClaimName(FileName(bytes: first.claim))
        let pointer = OrderedJSON.object([
            "run": .integer(first.run),
            "file": claim.map { .string($0.original.description) },
            "receipt": claim.map { .string("accepted/\($0.receipt)") },
        ])
        return text(.repeated, [.init("first", pointer)])
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

extension NewLicense {
    /// One entry of a receipt's `results`.
    func result(bundle: BundleName, requestID: String?) -> OrderedJSON {
        .object([
            "action": "create",
            "requestId": requestID.map(OrderedJSON.string),
            "license": .string(id),
            "name": .string(name),
            "customer": .string(customer),
            "notBefore": .string(timeText(notBefore)),
            "expiresAt": .string(timeText(expiresAt)),
            "bundle": .string(bundle.path),
        ])
    }
}

/// A time of the ledger; what its type cannot hold is shown as a number of seconds.
func timeText(_ seconds: Int64) -> String {
    Timestamp(secondsSinceEpoch: seconds)?.description ?? String(seconds)
}
