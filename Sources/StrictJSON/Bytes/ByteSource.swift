/// The bytes of an array, borrowed for the length of one closure (see `withSource`).
///
/// No other type of this module touches raw memory. Every read checks its index. That is fast in
/// debug builds too, where the generic subscripts of the standard library are slow.
struct ByteSource {
    private let base: UnsafePointer<UInt8>?
    let count: Int

    init(_ buffer: UnsafeBufferPointer<UInt8>) {
        base = buffer.baseAddress
        count = buffer.count
    }

    /// The byte at `index`, or 0 outside of the bytes. NUL is never acceptable in JSON, so readers
    /// that match expected bytes need no test for the end.
    subscript(index: Int) -> UInt8 {
        guard let base, index >= 0, index < count else { return 0 }
        return base[index]
    }

    /// Eight bytes in host order, or nil if fewer are left.
    func word(at index: Int) -> UInt64? {
        guard let base, index >= 0, index <= count - 8 else { return nil }
        return UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
    }

    /// The index at which `first` or `second` occurs next, or `count`.
    func firstIndex(of first: UInt8, or second: UInt8, from start: Int) -> Int {
        var index = start
        while index < count {
            let byte = self[index]
            if byte == first || byte == second { return index }
            index += 1
        }
        return count
    }

    /// Copies a run of bytes; nothing if the bounds are not an ascending pair inside the bytes.
    func append(from start: Int, to end: Int, onto out: inout [UInt8]) {
        guard let base, start >= 0, start < end, end <= count else { return }
        out.append(contentsOf: UnsafeBufferPointer(start: base + start, count: end - start))
    }

    func isEqual(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
        guard first.count == second.count else { return false }
        var index = first.lowerBound
        let end = first.upperBound
        let distance = second.lowerBound - index
        while index < end {
            if self[index] != self[index + distance] { return false }
            index += 1
        }
        return true
    }
}

extension [UInt8] {
    func withSource<Result, Failure: Error>(
        _ body: (ByteSource) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withUnsafeBufferPointer { (buffer) throws(Failure) in
            try body(ByteSource(buffer))
        }
    }
}
