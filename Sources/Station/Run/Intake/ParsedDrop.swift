import DurableFiles
import LicenseRequest
import Signatures
import Spool

/// A drop that was taken up and read, before anything is signed.
struct ParsedDrop: Sendable {
    enum Content: Sendable {
        case parsed(DropContent)
        case large(LargeDrop)
        /// No text could be read, for this reason.
        case unreadable(Problem)
    }

    /// From so many bytes on, a drop is read twice instead of being held in memory.
    private static let largeByteCount = 1 << 20

    let claim: ClaimName
    /// `nil` for what could not be read as a file at all.
    let digest: SHA256Digest?
    let content: Content
    let byteCount: Int
    /// Whether the text breaks off before it is whole.
    let endsTooSoon: Bool

    /// Reads the file once, to its end.
    init(
        claim: ClaimName, reading file: DropFile, rules: RequestRules
    ) throws(FileSystemError) {
        let isLarge = file.byteCount > Self.largeByteCount
        var pass = DropPass(over: file, rules: rules)
        var requests: [Request] = []
        var requestCount = 0
        while let portion = try pass.next() {
            requestCount += portion.count
            if !isLarge { requests += portion }
        }
        let reader = pass.reader
        self.claim = claim
        digest = pass.finish()
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
        digest = nil
        content = .unreadable(problem)
        byteCount = 0
        endsTooSoon = false
    }

    /// What the drop asks for, where it is held in memory; nothing where it is refused in any case.
    var requests: [Request] {
        if case .parsed(let content) = content, !content.hasOwnProblems {
            content.requests
        } else {
            []
        }
    }

    var isLarge: Bool {
        if case .large = content { true } else { false }
    }
}
