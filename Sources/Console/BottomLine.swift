import Synchronization

/// The bottom line of the terminal, which one message after the other is shown on. Whatever else
/// the process writes there takes the line away first.
package enum BottomLine {
    /// One for the process.
    private static let isShown = Mutex(false)

    /// Shows a text in place of the one before, if that is wanted still.
    package static func show(_ text: String, unless isOver: () -> Bool) {
        isShown.withLock { isShown in
            guard !isOver() else { return }
            Terminal.writeDirectly(error: "\r\u{1b}[K\(text)")
            isShown = true
        }
    }

    /// Leaves the line empty.
    package static func remove() {
        isShown.withLock { isShown in
            if isShown { Terminal.writeDirectly(error: "\r\u{1b}[K") }
            isShown = false
        }
    }
}
