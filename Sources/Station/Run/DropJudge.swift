import Bundling
import CalendarTime
import Ledger
import LicenseRequest
import LicenseToken
import Signing
import StrictJSON

/// Decides, inside the ledger's transaction, what becomes of a drop.
struct DropJudge {
    let now: Timestamp
    let run: Int64

    func judge(
        _ drop: ParsedDrop, licenses: [NewLicense], _ history: DropHistory
    ) throws(LedgerError) -> Judgement {
        let receipt = Receipt(
            claim: drop.claim, sha256: drop.sha256?.description, run: run, handledAt: now)
        switch (history, drop.text) {
        case (.repeats(let first), _):
            return Judgement(.repeated, receipt: receipt.repeated(first: first))
        case (_, .unreadable(let problem)):
            return Judgement(.rejected, receipt: receipt.rejected([problem]))
        case (.isNew(let index), .content(let content)):
            let assessment = try content.assess(against: LedgerLookup(index: index))
            guard assessment.problems.isEmpty else {
                return Judgement(.rejected, receipt: receipt.rejected(assessment.problems))
            }
            let steps = steps(content.requests, assessment.subjects, licenses)
            return Judgement(
                .accepted, receipt: receipt.accepted(steps.map(\.result)),
                changes: steps.map(\.change))
        }
    }

    private typealias Step = (change: Change, result: OrderedJSON)

    private func steps(
        _ requests: [Request], _ subjects: [KnownLicense?], _ licenses: [NewLicense]
    ) -> [Step] {
        var unused = licenses[...]
        return zip(requests, subjects).compactMap { request, subject in
            switch request.action {
            case .create: unused.popFirst().map { step($0, request) }
            case .update(let update): step(update, subject, request)
            case .delete(let delete): step(delete, subject, request)
            case .deliver(let customer): step(deliverTo: customer, request)
            }
        }
    }

    private func step(_ license: NewLicense, _ request: Request) -> Step {
        let result = OrderedJSON.object([
            "action": "create", "requestId": request.requestID.map(OrderedJSON.string),
            "license": .string(license.id), "name": .string(license.name),
            "customer": .string(license.customer),
            "notBefore": .string(timeText(license.notBefore)),
            "expiresAt": .string(timeText(license.expiresAt)),
            "bundle": .string(bundle(for: license.customer)),
        ])
        return (.create(license), result)
    }

    private func step(
        _ update: UpdateRequest, _ subject: KnownLicense?, _ request: Request
    ) -> Step {
        let description: LicenseUpdate.Description =
            switch update.description {
            case nil: .unchanged
            case .cleared: .changed(to: nil)
            case .replaced(let text): .changed(to: text)
            }
        let change = LicenseUpdate(
            license: update.license.description, name: update.name, description: description)
        return (.update(change), result("update", update.license, subject, request))
    }

    private func step(
        _ delete: DeleteRequest, _ subject: KnownLicense?, _ request: Request
    ) -> Step {
        let note = subject.map {
            "tokens already delivered stay valid until they expire, at \($0.expiresAt)"
        }
        return (
            .delete(license: delete.license.description),
            result("delete", delete.license, subject, request, note: note)
        )
    }

    private func step(deliverTo customer: String, _ request: Request) -> Step {
        let result = OrderedJSON.object([
            "action": "deliver", "requestId": request.requestID.map(OrderedJSON.string),
            "customer": .string(customer), "bundle": .string(bundle(for: customer)),
        ])
        return (.deliver(customer: customer), result)
    }

    /// What a receipt says of a license that existed before, as it is from now on.
    private func result(
        _ action: String, _ id: LicenseID, _ subject: KnownLicense?, _ request: Request,
        note: String? = nil
    ) -> OrderedJSON {
        .object([
            "action": .string(action), "requestId": request.requestID.map(OrderedJSON.string),
            "license": .string(id.description), "name": subject.map { .string($0.name) },
            "customer": subject.map { .string($0.customer) },
            "notBefore": subject.map { .string($0.notBefore.description) },
            "expiresAt": subject.map { .string($0.expiresAt.description) },
            "note": note.map(OrderedJSON.string),
        ])
    }

    private func bundle(for customer: String) -> String {
        BundleName(customer: customer, run: run).path
    }
}
