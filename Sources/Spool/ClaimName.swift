package import DurableFiles

/// The name under which a drop is handled and kept: `<UTC time>-<short unique id>-<its name>`.
///
/// The id begins with the drop's number in its run, so that names sort in the order in which the
/// drops were claimed.
package struct ClaimName: Sendable, Hashable {
    package static let randomByteCount = 4

    /// Base32 without letters that are easily confused.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let sequenceDigits = 4
    private static let randomDigits = 6
    private static let timeByteCount = "20261201T120000Z".utf8.count
    private static let prefixByteCount = timeByteCount + sequenceDigits + randomDigits + 2

    /// What the draft of a receipt adds to the name: a dot before it, and these after it.
    private static let longestAddition = ".receipt.json.part".utf8.count + 1

    package let fileName: FileName

    /// - Parameters:
    ///   - time: UTC in the basic format of ISO 8601.
    ///   - sequence: the drop's number in its run; only its last 20 bits count.
    ///   - random: four bytes.
    package init(time: String, sequence: Int, random: [UInt8], original: FileName) {
        let number = random.prefix(Self.randomByteCount).reduce(0) { $0 << 8 | Int($1) }
        let id = Self.digits(sequence, Self.sequenceDigits) + Self.digits(number, Self.randomDigits)
        let hyphen = UInt8(ascii: "-")
        let kept = Self.keptName(of: original).bytes
        fileName = FileName(bytes: Array(time.utf8) + [hyphen] + id + [hyphen] + kept)
    }

    /// What is kept of a drop's own name: the beginning and the ending of one that is too long.
    package static func keptName(of original: FileName) -> FileName {
        let room = FileName.maximumByteCount - prefixByteCount - longestAddition
        guard original.bytes.count > room else { return original }
        let ending = Array("~.json".utf8)
        return FileName(bytes: original.bytes.prefix(room - ending.count) + ending)
    }

    /// Reads a name found in the folder of claimed drops; `nil` where it is not a claim's.
    package init?(_ fileName: FileName) {
        let bytes = fileName.bytes
        let hyphen = UInt8(ascii: "-")
        guard
            bytes.count > Self.prefixByteCount, bytes[Self.timeByteCount] == hyphen,
            bytes[Self.prefixByteCount - 1] == hyphen,
            bytes.count <= FileName.maximumByteCount - Self.longestAddition
        else { return nil }
        self.fileName = fileName
    }

    /// The drop's own name, as far as it is kept, without what was put before it.
    package var original: FileName {
        FileName(bytes: fileName.bytes.dropFirst(Self.prefixByteCount))
    }

    /// When the drop was claimed, in the form in which it was given.
    package var time: String {
        String(decoding: fileName.bytes.prefix(Self.timeByteCount), as: UTF8.self)
    }

    package var receipt: FileName {
        FileName(bytes: fileName.bytes + Array(".receipt.json".utf8))
    }

    /// Where an accepted drop is kept, as seen from the inbox.
    package var acceptedPath: String { "\(Inbox.acceptedName)/\(fileName)" }

    /// Where the receipt is kept, as seen from the inbox.
    package func receiptPath(isRejected: Bool) -> String {
        "\(isRejected ? Inbox.rejectedName : Inbox.acceptedName)/\(receipt)"
    }

    private static func digits(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { alphabet[number >> ($0 * 5) & 31] }
    }
}
