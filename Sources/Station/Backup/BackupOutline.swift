import DurableFiles
import Failures
import LicenseToken
import Signing
import SystemPackage
import Tar

/// What a backup's tar says that it holds: entries in the one form and order that backups have.
struct BackupOutline {
    /// No station has nearly as many keys.
    private static let maximumEntryCount = 10_000

    private let path: FilePath
    private var entries: ArraySlice<(header: TarHeader, offset: Int)> = []

    /// Reads all headers, and the zeros behind files and at the end.
    init(of file: borrowing ReadableFile, at path: FilePath) throws(StationFailure) {
        self.path = path
        var offset = 0
        while true {
            let block = try Self.bytes(of: file, path, at: offset, TarHeader.byteCount)
            if block.allSatisfy({ $0 == 0 }) { break }
            let header = try Self.header(in: block, path)
            offset += TarHeader.byteCount
            entries.append((header, offset))
            guard entries.count <= Self.maximumEntryCount, header.size <= Int64(Int.max) / 2 else {
                throw Self.refusal(path, "it is larger than any station")
            }
            offset += Int(header.size)
            let padding = TarHeader.paddingByteCount(behind: header.size)
            try Self.checkZeros(of: file, path, at: offset, padding)
            offset += padding
        }
        let end = TarHeader.endByteCount(behind: Int64(offset))
        try Self.checkZeros(of: file, path, at: offset, end)
        let size = try onDisk { () throws(FileSystemError) in try file.status().size }
        guard size == offset + end else { throw Self.refusal(path, "something follows its end") }
    }

    private static func header(
        in block: [UInt8], _ path: FilePath
    ) throws(StationFailure) -> TarHeader {
        do throws(TarError) {
            return try TarHeader(parsing: block, access: .owner)
        } catch {
            throw refusal(path, "\(error)")
        }
    }

    private static func checkZeros(
        of file: borrowing ReadableFile, _ path: FilePath, at offset: Int, _ count: Int
    ) throws(StationFailure) {
        guard try bytes(of: file, path, at: offset, count).allSatisfy({ $0 == 0 }) else {
            throw refusal(path, "there are bytes between its files")
        }
    }

    private static func bytes(
        of file: borrowing ReadableFile, _ path: FilePath, at offset: Int, _ count: Int
    ) throws(StationFailure) -> [UInt8] {
        let bytes: [UInt8]
        do throws(FileSystemError) {
            bytes = try file.read(at: offset, count: count)
        } catch {
            throw StationFailure(error)
        }
        guard bytes.count == count else { throw refusal(path, "it ends too soon") }
        return bytes
    }

    static func refusal(_ path: FilePath, _ reason: String) -> StationFailure {
        StationFailure(
            .dataError, "\(path): not a whole backup of a station (\(reason)): take another file")
    }

    // MARK: - Entry by entry

    mutating func skipFolder(_ name: String) throws(StationFailure) {
        guard let (header, _) = entries.popFirst(), header.kind == .folder, header.path == name
        else { throw missing(name) }
    }

    mutating func next(_ name: String, upTo limit: Int = .max) throws(StationFailure)
        -> BackupArchive.Part
    {
        guard let (header, offset) = entries.popFirst(), header.kind == .file, header.path == name
        else { throw missing(name) }
        guard header.size <= limit else {
            throw Self.refusal(path, "\(name) in it is larger than it can be")
        }
        return BackupArchive.Part(path: name, offset: offset, size: Int(header.size))
    }

    mutating func nextIfThere(_ name: String, upTo limit: Int) throws(StationFailure)
        -> BackupArchive.Part?
    {
        guard entries.first?.header.path == name else { return nil }
        return try next(name, upTo: limit)
    }

    /// The files of the folder of keys, which are named after keys.
    mutating func keys() throws(StationFailure) -> [(kid: KeyID, part: BackupArchive.Part)] {
        var keys: [(kid: KeyID, part: BackupArchive.Part)] = []
        while let path = entries.first?.header.path, path.hasPrefix(BackupFormat.keys) {
            guard let kid = BackupFormat.kid(ofKeyAt: path) else { throw unexpected(path) }
            let part = try next(path, upTo: PrivateKeyPEM.maximumByteCount)
            guard part.size > 0 else { throw Self.refusal(self.path, "\(path) in it is empty") }
            keys.append((kid, part))
        }
        guard keys.map(\.kid) == BackupFormat.sorted(Array(Set(keys.map(\.kid)))) else {
            throw Self.refusal(path, "its keys are not in their order")
        }
        return keys
    }

    /// The files of the folder of products, where it is there.
    mutating func products() throws(StationFailure) -> [(name: FileName, part: BackupArchive.Part)]
    {
        guard entries.first?.header.path == BackupFormat.products else { return [] }
        try skipFolder(BackupFormat.products)
        var products: [(name: FileName, part: BackupArchive.Part)] = []
        while let path = entries.first?.header.path, path.hasPrefix(BackupFormat.products) {
            guard let name = BackupFormat.productFile(at: path) else { throw unexpected(path) }
            products.append((name, try next(path, upTo: ProductFolder.maximumByteCount)))
        }
        guard !products.isEmpty else {
            throw Self.refusal(path, "its folder of products is empty")
        }
        return products
    }

    /// The vendor's picture, where it is there.
    mutating func logo() throws(StationFailure) -> (name: FileName, part: BackupArchive.Part)? {
        guard let path = entries.first?.header.path, let name = BackupFormat.logoFile(at: path)
        else { return nil }
        return (name, try next(path, upTo: LogoFile.maximumByteCount))
    }

    func checkEnd() throws(StationFailure) {
        if let (header, _) = entries.first { throw unexpected(header.path) }
    }

    private func missing(_ name: String) -> StationFailure {
        Self.refusal(path, "\(name) is not where it should be in it")
    }

    private func unexpected(_ name: String) -> StationFailure {
        Self.refusal(path, "no backup has a file \(name.debugDescription)")
    }
}
