import Synchronization

/// What a file said when it was parsed last. A watch reads the same bytes again and again; what they
/// say is worked out once.
final class LastParsed<Value: Sendable>: Sendable {
    private let last = Mutex<(bytes: [UInt8], value: Value)?>(nil)

    /// - Parameter parse: called where the bytes are others than last time.
    func value<Failure>(
        of bytes: [UInt8], _ parse: ([UInt8]) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        if let last = last.withLock({ $0 }), last.bytes == bytes { return last.value }
        let value = try parse(bytes)
        last.withLock { $0 = (bytes, value) }
        return value
    }
}
