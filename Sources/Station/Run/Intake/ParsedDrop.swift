import DurableFiles
import Ledger
import LicenseRequest
import Signatures
import Spool

/// A drop that was taken up and read, before anything is signed.
struct ParsedDrop: Sendable {
    enum Content: Sendable {
        case parsed(DropContent)
        case large(LargeDrop)
        /// Whatever it asks for: it could not be read, or too few people have signed it.
        case refused(Problem)
    }

    /// From so many bytes on, a drop is read twice instead of being held in memory.
    private static let largeByteCount = 1 << 20

    let claim: ClaimName
    /// `nil` for what could not be read as a file at all.
    let digests: DropDigests?
    private(set) var content: Content
    let byteCount: Int
    /// What its requests ask for, as far as they could be read.
    let demand: DropDemand
    /// Who has signed it; `nil` where nobody has to.
    var approvals: DropApprovals?
    /// Whether the text breaks off before it is whole.
    let endsTooSoon: Bool

    /// Reads the file once, to its end.
    init(
        claim: ClaimName, reading file: DropFile, rules: RequestRules, isSigned: Bool
    ) throws(FileSystemError) {
        let isLarge = file.byteCount > Self.largeByteCount
        var pass = DropPass(over: file, rules: rules, isSigned: isSigned)
        var requests: [Request] = []
        var demand = DropDemand()
        var requestCount = 0
        while let portion = try pass.next() {
            requestCount += portion.count
            for request in portion { demand.add(request) }
            if !isLarge { requests += portion }
        }
        let reader = pass.reader
        self.claim = claim
        self.demand = demand
        digests = pass.finish()
        byteCount = file.byteCount
        endsTooSoon = reader.endsTooSoon
        content =
            isLarge
            ? .large(
                LargeDrop(
                    file: file, rules: rules, requestCount: requestCount,
                    ownProblems: reader.problems))
            : .parsed(DropContent(requests, from: reader))
    }

    /// What no file could be read from.
    init(claim: ClaimName, problem: Problem) {
        self.claim = claim
        digests = nil
        content = .refused(problem)
        byteCount = 0
        demand = DropDemand()
        endsTooSoon = false
    }

    var digest: SHA256Digest? { digests?.sha256 }

    /// The same drop, of which nothing is carried out.
    func refused(by problem: Problem) -> ParsedDrop {
        var refused = self
        refused.content = .refused(problem)
        return refused
    }

    /// Whether it is refused whatever licenses exist already, and whoever has signed it.
    var hasOwnProblems: Bool {
        switch content {
        case .parsed(let content): content.hasOwnProblems
        case .large(let large): !large.ownProblems.isEmpty
        case .refused: true
        }
    }

    /// How many people have to sign it; `nil` where nobody has to.
    var approvalsNeeded: Int64? { approvals.map { Int64($0.needed) } }

    /// The signatures that count.
    var signatureRecords: [SignatureRecord] { approvals?.given.map(\.record) ?? [] }

    /// What the drop asks for, where it is held in memory; nothing where it is refused in any case.
    var requests: [Request] {
        if case .parsed(let content) = content, !content.hasOwnProblems {
            content.requests
        } else {
            []
        }
    }

    /// Whether it asks for anything, and was not accepted before.
    func asksForAnything(beyond accepted: Set<SHA256Digest>) -> Bool {
        guard let digest, !requests.isEmpty else { return false }
        return !accepted.contains(digest)
    }

    var isLarge: Bool {
        if case .large = content { true } else { false }
    }
}
