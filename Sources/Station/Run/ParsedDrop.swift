import DurableFiles
import LicenseRequest
import Signing
import Spool

/// A drop that was taken up and read, before anything is signed.
struct ParsedDrop {
    let claim: ClaimName
    /// `nil` for what could not be read as a file at all.
    let sha256: SHA256Digest?
    let text: Text

    enum Text {
        case content(DropContent)
        /// There is none, for this reason.
        case unreadable(Problem)
    }

    /// What was read from a file.
    init(claim: ClaimName, bytes: [UInt8], rules: RequestRules) {
        self.claim = claim
        sha256 = SHA256Digest(of: bytes)
        text = .content(DropContent(reading: bytes, rules: rules))
    }

    /// What no file could be read from.
    init(claim: ClaimName, problem: Problem) {
        self.claim = claim
        sha256 = nil
        text = .unreadable(problem)
    }

    /// Whether the text breaks off before it is whole.
    var endsTooSoon: Bool {
        if case .content(let content) = text { content.endsTooSoon } else { false }
    }

    /// Those that a license is to be signed for; none where the drop is refused in any case.
    var creations: [CreateRequest] {
        guard case .content(let content) = text, !content.hasFaults else { return [] }
        return content.requests.compactMap { request in
            if case .create(let create) = request.action { create } else { nil }
        }
    }
}
