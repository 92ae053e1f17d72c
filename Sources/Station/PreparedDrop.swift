import Ledger
import LicenseRequest
import Signing
import Spool

/// A drop that was taken up and read, before anything is signed.
struct PreparedDrop {
    let claim: ClaimName
    /// `nil` for what could not be read as a file at all.
    let sha256: SHA256Digest?
    let requests: [CreateRequest]
    let problems: [Problem]
    /// Whether the text breaks off before it is whole.
    let endsTooSoon: Bool

    /// What was read from a file.
    init(claim: ClaimName, bytes: [UInt8], rules: RequestRules) {
        let content = DropContent(reading: bytes, rules: rules)
        self.init(
            claim: claim, sha256: SHA256Digest(of: bytes), problems: content.problems,
            requests: content.problems.isEmpty ? content.requests : [],
            endsTooSoon: content.endsTooSoon)
    }

    /// What no file could be read from.
    init(claim: ClaimName, problem: Problem) {
        self.init(claim: claim, sha256: nil, problems: [problem], requests: [], endsTooSoon: false)
    }

    private init(
        claim: ClaimName, sha256: SHA256Digest?, problems: [Problem], requests: [Request],
        endsTooSoon: Bool
    ) {
        self.endsTooSoon = endsTooSoon
        self.claim = claim
        self.sha256 = sha256
        self.problems = problems
        self.requests = requests.map { request in
            switch request {
            case .create(let create): create
            }
        }
    }

    func entry(licenses: [NewLicense]) -> DropEntry {
        DropEntry(
            claim: claim.fileName.bytes, sha256: sha256?.bytes, licenses: licenses,
            isRefused: !problems.isEmpty)
    }
}
