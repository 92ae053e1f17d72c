import CalendarTime
import Ledger
import LicenseRequest
import SSHSignatures

/// Who may ask, and how many of them have to.
struct ApprovalPolicy: Sendable {
    let list: AllowedSigners
    /// The bytes of the list's file.
    let text: [UInt8]
    /// What signatures for this vendor's station are made for.
    let namespace: String
    let settings: ApprovalSettings

    var record: SignersListRecord { SignersListRecord(digest: list.digest, text: text) }

    /// What signatures for the station of this issuer are made for: worth nothing at another's.
    static func namespace(ofIssuer issuer: String) -> String {
        IssuerNamespace.ofRequests(issuer)
    }

    /// Anybody can put any number of files beside a drop.
    private static let maximumRemarks = 20

    private static func remarks(on judged: [JudgedSignature]) -> [String] {
        let others = judged.filter { $0.approval == nil }
        let more = others.count - maximumRemarks
        return others.prefix(maximumRemarks).compactMap(\.remark)
            + (more > 0 ? ["\(more) more signatures that do not count"] : [])
    }

    /// What nobody can bring about with the list as it is now; `nil` where enough people could
    /// sign any drop.
    func shortage(_ products: ProductCatalog, at now: Timestamp) -> String? {
        let count = peopleAble(at: now).count
        let actions = ActionName.allCases.filter { settings.needed(for: [$0]) > count }
        let unsold = products.products.filter { $0.approvals ?? 0 > count }
        guard !actions.isEmpty || !unsold.isEmpty else { return nil }
        let names =
            actions.map { "requests to \($0.rawValue) (\(settings.needed(for: [$0])))" }
            + unsold.map { "the product \($0.name) (\($0.approvals ?? 0))" }
        return "of those who may ask, \(count) can sign now, and more are needed for "
            + names.joined(separator: ", ")
    }

    /// Those whose signatures count now.
    func peopleAble(at now: Timestamp) -> [String] {
        let able = Set(
            list.entries.filter { $0.isValid(at: now) && $0.allows(namespace: namespace) }
                .map(\.person))
        return list.people.filter(able.contains)
    }

    /// What signatures on a drop are worth. Each person counts once, with the first signature that
    /// does.
    ///
    /// - Parameter able: those whose signatures count now.
    func approvals(
        _ judged: [JudgedSignature], for demand: DropDemand, among able: [String]
    ) -> DropApprovals {
        var given: [Approval] = []
        for signature in judged {
            guard let approval = signature.approval else { continue }
            if !given.contains(where: { $0.signer == approval.signer }) { given.append(approval) }
        }
        return DropApprovals(
            needed: settings.needed(for: demand), given: given,
            others: able.filter { person in !given.contains { $0.signer == person } },
            remarks: Self.remarks(on: judged))
    }
}
