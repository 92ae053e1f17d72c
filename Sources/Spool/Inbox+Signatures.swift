package import DurableFiles

/// Signatures beside drops. Each lies in the inbox until it is known whose drop it signs, and then
/// beside that drop, wherever that goes.
extension Inbox {
    static let maximumSignaturesPerDrop = 100

    /// A signature's file, and where it lies.
    package struct SignatureFile: Sendable, Hashable {
        package let name: SignatureName
        /// Whether it lies beside a claimed drop, and not in the inbox itself.
        package let isClaimed: Bool

        package init(_ name: SignatureName, isClaimed: Bool) {
            self.name = name
            self.isClaimed = isClaimed
        }
    }

    /// What a signature's file holds, and whether that may still change.
    package struct SignatureContent: Sendable {
        package let bytes: [UInt8]
        /// Whether nobody seems to be writing the file.
        package let isWhole: Bool
    }

    /// Whether a signature's name leads to anything.
    package func contains(_ signature: SignatureFile) -> Bool {
        // Why it cannot be looked at is thrown away: there is nothing to be told of then.
        (try? status(of: signature)) != nil
    }

    /// How a claimed drop looks.
    package func status(of claim: ClaimName) throws(FileSystemError) -> FileStatus {
        try claimed.status(of: claim.fileName)
    }

    package func status(of signature: SignatureFile) throws(FileSystemError) -> FileStatus {
        try withFolder(of: signature) { folder throws(FileSystemError) in
            try folder.status(of: signature.name.fileName)
        }
    }

    /// Gives the folder where the signature lies.
    private func withFolder<Result>(
        of signature: SignatureFile,
        _ body: (borrowing Folder) throws(FileSystemError) -> Result
    ) throws(FileSystemError) -> Result {
        signature.isClaimed ? try body(claimed) : try body(folder)
    }

    /// Reads a small file. `nil` where it is no plain file of its own, larger than the limit, or
    /// cannot be read: whatever it is, it is no signature yet.
    ///
    /// - Parameter second: where the system does not tell whether somebody is writing the file, it
    ///   is whole if nobody has changed it since.
    package func content(
        of signature: SignatureFile, upTo limit: Int, unchangedSince second: Int64
    ) -> SignatureContent? {
        // Why it cannot be read is thrown away: it is looked at again by the next run.
        try? withFolder(of: signature) { folder throws(FileSystemError) in
            try Self.content(
                of: signature.name.fileName, in: folder, upTo: limit, unchangedSince: second)
        }
    }

    private static func content(
        of name: FileName, in folder: borrowing Folder, upTo limit: Int,
        unchangedSince second: Int64
    ) throws(FileSystemError) -> SignatureContent? {
        // Inspected before it is opened: to open a device may do something.
        guard try folder.status(of: name).isRegular else { return nil }
        let file = try ReadableFile(opening: name, in: folder)
        let status = try file.status()
        guard status.isRegular, status.linkCount == 1, status.size <= limit else { return nil }
        let isWhole =
            switch file.writerPresence() {
            case .none: true
            case .some: false
            case .unknown: status.isUnchanged(since: second)
            }
        return SignatureContent(
            bytes: try file.read(at: 0, count: status.size), isWhole: isWhole)
    }

    /// Moves a signature beside a claimed drop. `nil` where it is gone, or the drop has too many.
    package func put(
        _ signature: SignatureFile, beside claim: ClaimName
    ) throws(FileSystemError) -> SignatureFile? {
        for name in signature.name.names(beside: claim) {
            do throws(FileSystemError) {
                try withFolder(of: signature) { folder throws(FileSystemError) in
                    try folder.renameExclusively(
                        signature.name.fileName, to: claimed, as: name.fileName)
                }
                return SignatureFile(name, isClaimed: true)
            } catch  where error.isTaken {
                continue
            } catch  where error.isMissing {
                return nil
            }
        }
        return nil
    }
}
