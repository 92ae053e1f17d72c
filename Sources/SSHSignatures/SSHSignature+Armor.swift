import Signatures

extension SSHSignature {
    private static let beginning = Array("-----BEGIN SSH SIGNATURE-----\n".utf8)
    private static let end = Array("-----END SSH SIGNATURE-----".utf8)
    /// As ssh-keygen writes it. PROTOCOL.sshsig asks for 76, and readers take any.
    private static let lineLength = 70

    /// Reads what ssh-keygen writes, in lines of any length. Carriage returns are refused, which
    /// ssh-keygen before 9.5 refuses in the first line too; blanks and text after the end as well,
    /// which it passes over.
    ///
    /// - Parameter list: whose keys were held to be sound when it was read, and are not again.
    package init(
        armored text: [UInt8], trusting list: AllowedSigners? = nil
    ) throws(SSHFormatError) {
        guard text.count <= Self.maximumByteCount else {
            throw .tooLong(limit: Self.maximumByteCount)
        }
        guard text.starts(with: Self.beginning) else { throw .noBeginning }
        let lines = text.dropFirst(Self.beginning.count)
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard let end = lines.firstIndex(where: { $0.starts(with: Self.end) }) else { throw .noEnd }
        guard lines[end].count == Self.end.count, lines[(end + 1)...].allSatisfy(\.isEmpty) else {
            throw .textAfterEnd
        }
        // Joined by hand: some thousand signatures may have to be read in one run.
        var base64: [UInt8] = []
        base64.reserveCapacity(text.count)
        for line in lines[..<end] { base64.append(contentsOf: line) }
        guard let blob = Base64.standard.decode(base64) else { throw .notBase64 }
        try self.init(blob: blob, trusting: list)
    }

    /// As ssh-keygen writes it.
    package var armored: String { String(decoding: Self.armored(blob), as: UTF8.self) }

    static func armored(_ blob: [UInt8]) -> [UInt8] {
        let base64 = Base64.standard.encodePublic(blob)
        var text = beginning
        for start in stride(from: 0, to: base64.count, by: lineLength) {
            text.append(contentsOf: base64[start...].prefix(lineLength))
            text.append(UInt8(ascii: "\n"))
        }
        return text + end + [UInt8(ascii: "\n")]
    }
}
