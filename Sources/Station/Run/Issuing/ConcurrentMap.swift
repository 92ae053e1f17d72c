import Dispatch

extension Array where Element: Sendable {
    /// Elements are dealt out over so many slices, each of which one processor works off.
    private static var sliceCount: Int { 64 }

    /// The same as `map`, on all processors.
    ///
    /// - Throws: the first error in the order of the elements, once all have been worked off.
    func concurrentMap<Result, Failure: Error>(
        _ transform: @Sendable (Element) throws(Failure) -> Result
    ) throws(Failure) -> [Result] {
        guard count > 1 else { return try map(transform) }
        var results = [Swift.Result<Result, Failure>?](repeating: nil, count: count)
        results.withUnsafeMutableBufferPointer { results in
            // Each slot is written by one slice alone.
            nonisolated(unsafe) let slots = results
            DispatchQueue.concurrentPerform(iterations: Swift.min(count, Self.sliceCount)) {
                slice in
                for index in stride(from: slice, to: count, by: Self.sliceCount) {
                    slots[index] = Swift.Result { () throws(Failure) in
                        try transform(self[index])
                    }
                }
            }
        }
        var mapped: [Result] = []
        mapped.reserveCapacity(count)
        for case let result? in results { mapped.append(try result.get()) }
        return mapped
    }
}
