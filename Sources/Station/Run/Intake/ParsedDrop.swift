import LicenseRequest
import Signing
import Spool

/// A drop that was taken up and read, before anything is signed.
struct ParsedDrop {
    enum Content {
        case parsed(DropContent)
        /// No text could be read, for this reason.
        case unreadable(Problem)
    }

    let claim: ClaimName
    /// `nil` for what could not be read as a file at all.
    let digest: SHA256Digest?
    let content: Content
    let byteCount: Int

    /// What was read from a file.
    init(claim: ClaimName, bytes: [UInt8], rules: RequestRules) {
        self.claim = claim
        digest = SHA256Digest(of: bytes)
        content = .parsed(DropContent(reading: bytes, rules: rules))
        byteCount = bytes.count
    }

    /// What no file could be read from.
    init(claim: ClaimName, problem: Problem) {
        self.claim = claim
        digest = nil
        content = .unreadable(problem)
        byteCount = 0
    }

    /// Whether the text breaks off before it is whole.
    var endsTooSoon: Bool {
        if case .parsed(let content) = content { content.endsTooSoon } else { false }
    }

    /// What the drop asks for; nothing where it is refused in any case.
    var requests: [Request] {
        if case .parsed(let content) = content, !content.hasOwnProblems {
            content.requests
        } else {
            []
        }
    }
}
