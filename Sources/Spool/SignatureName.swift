package import DurableFiles

/// The name of a file that holds a signature of a drop: `<drop>.sig`, or `<drop>.<label>.sig` where
/// there are several.
package struct SignatureName: Sendable, Hashable {
    private static let suffix = ".sig"

    package let fileName: FileName
    /// The name of the drop.
    package let drop: FileName
    /// Lower-case letters, digits and hyphens; `nil` for the plain name.
    private let label: [UInt8]?

    /// `nil` where it is not the name of a drop's signature.
    package init?(_ fileName: FileName) {
        guard fileName.hasSuffix(Self.suffix) else { return nil }
        let bytes = fileName.bytes.dropLast(Self.suffix.utf8.count)
        let dot = UInt8(ascii: ".")
        let plain = FileName(bytes: bytes)
        self.fileName = fileName
        if plain.hasSuffix(Inbox.dropSuffix) {
            drop = plain
            label = nil
            return
        }
        guard let end = bytes.lastIndex(of: dot) else { return nil }
        let (before, label) = (FileName(bytes: bytes[..<end]), bytes[(end + 1)...])
        guard before.hasSuffix(Inbox.dropSuffix), !label.isEmpty,
            label.allSatisfy(Self.isLabelCharacter)
        else { return nil }
        drop = before
        self.label = Array(label)
    }

    private static func isLabelCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private init(of drop: FileName, label: [UInt8]?) {
        let middle = label.map { [UInt8(ascii: ".")] + $0 } ?? []
        fileName = FileName(bytes: drop.bytes + middle + Array(Self.suffix.utf8))
        self.drop = drop
        self.label = label
    }

    /// Its name without what a claim puts before it.
    package var shownName: FileName {
        ClaimName(drop).map { SignatureName(of: $0.original, label: label).fileName } ?? fileName
    }

    /// The names that the signature may have beside a claimed drop, the first choice first: its own
    /// label where there is room for it, and numbers.
    func names(beside claim: ClaimName) -> some Sequence<SignatureName> {
        (1..<Inbox.maximumSignaturesPerDrop).lazy.map { number in
            SignatureName(
                of: claim.fileName, label: number == 1 ? label : Array("\(number)".utf8))
        }.filter { $0.fileName.bytes.count <= FileName.maximumByteCount }
    }

    /// Plain names come first, numbers as the numbers that they are, then all others.
    package func precedes(_ other: SignatureName) -> Bool {
        func key(_ name: SignatureName) -> (Int, [UInt8]) {
            guard let label = name.label else { return (0, []) }
            let isNumber = label.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            return (isNumber ? Int(String(decoding: label, as: UTF8.self)) ?? .max : .max, label)
        }
        let (own, others) = (key(self), key(other))
        return own.0 != others.0
            ? own.0 < others.0 : own.1.lexicographicallyPrecedes(others.1)
    }
}
