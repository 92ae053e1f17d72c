/// Writes what `WireReader` reads.
extension Array where Element == UInt8 {
    mutating func append(number: UInt32) {
        append(contentsOf: stride(from: 24, through: 0, by: -8).map { UInt8(number >> $0 & 0xff) })
    }

    mutating func append(string: some Collection<UInt8>) {
        append(number: UInt32(clamping: string.count))
        append(contentsOf: string)
    }
}
