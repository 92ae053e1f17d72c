import Signatures

/// A witness' word that a checkpoint follows from the one that it saw before
/// (c2sp.org/tlog-cosignature, Ed25519).
package enum Cosignature {
    private static let timeByteCount = 8

    /// What the witness signs.
    package static func message(for checkpointText: String, at seconds: Int64) -> [UInt8] {
        Array("cosignature/v1\ntime \(seconds)\n\(checkpointText)".utf8)
    }

    /// The time and the signature; `nil` where the bytes are of another kind.
    static func parts(of bytes: [UInt8]) -> (seconds: Int64, signature: Signature)? {
        let time = bytes.prefix(timeByteCount).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard bytes.count == timeByteCount + Signature.byteCount,
            let seconds = Int64(exactly: time),
            let signature = Signature(bytes: Array(bytes.dropFirst(timeByteCount)))
        else { return nil }
        return (seconds, signature)
    }
}
