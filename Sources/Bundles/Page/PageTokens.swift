/// The tokens that a page holds. One that can be no variable is left out, and so are those that would
/// make the page too large to open.
package struct PageTokens {
    /// Of all tokens of a page.
    static let maximumByteCount = 128 << 20

    /// In the order of the licenses that the page shows; `nil` for one that is left out.
    package private(set) var tokens: [String?] = []
    private var byteCount = 0

    package init() {}

    /// Takes the token of the next license, unless the page shows enough of them.
    package mutating func add(_ token: @autoclosure () -> String, byteCount count: Int) {
        guard tokens.count < BundleFacts.pageLimit else { return }
        let hasRoom =
            DeploymentFiles.arePossible(tokenByteCount: count)
            && count <= Self.maximumByteCount - byteCount
        if hasRoom { byteCount += count }
        tokens.append(hasRoom ? token() : nil)
    }
}
