import LicenseRequest
import Signing
import Spool

/// A drop that was taken up and read, before anything is signed.
struct ParsedDrop {
    enum Content {
        case text(DropContent)
        /// There is no text, for this reason.
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
        content = .text(DropContent(reading: bytes, rules: rules))
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
        if case .text(let text) = content { text.endsTooSoon } else { false }
    }

    /// What the drop asks for; nothing where it is refused in any case.
    var requests: [Request] {
        if case .text(let text) = content, !text.hasFaults { text.requests } else { [] }
    }
}
