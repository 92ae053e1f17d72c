import Dispatch
import Synchronization

/// Hands elements from one thread to another, which work at the same time; whoever is ahead waits.
final class BoundedQueue<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let room = DispatchSemaphore(value: 0)
    private let content = DispatchSemaphore(value: 0)

    /// - Parameter limit: so many elements may wait.
    init(limit: Int) {
        for _ in 0..<limit { room.signal() }
    }

    /// Waits until there is room. Returns `false` where nobody takes elements any more.
    func put(_ element: Element) -> Bool {
        room.wait()
        let isTaken = state.withLock { state in
            if !state.isClosed { state.elements.append(element) }
            return !state.isClosed
        }
        content.signal()
        return isTaken
    }

    /// Waits for the next element.
    func take() -> Element? {
        content.wait()
        let element = state.withLock { $0.elements.isEmpty ? nil : $0.elements.removeFirst() }
        room.signal()
        return element
    }

    /// No element is taken any more, and whoever puts one is told.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.elements = []
        }
        room.signal()
    }
}
