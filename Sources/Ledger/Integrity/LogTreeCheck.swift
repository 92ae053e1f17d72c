import GRDB
import LicenseToken
import Signatures
import TransparencyLog

/// Builds the tree over the log's entries anew, and holds the kept tiles and the signed heads
/// against it.
struct LogTreeCheck {
    private static let portion = 64

    private let size: Int64
    private var growth = TreeGrowth()
    private var heads: ArraySlice<LogHeadRecord>
    private let origins: [LogOriginRecord]
    private let keys: [KeyRecord]

    init(in database: Database, upTo size: Int64) throws {
        self.size = size
        heads = try Row.fetchAll(
            database, sql: "SELECT * FROM log_head WHERE size <= ? ORDER BY size", arguments: [size]
        ).map(LogHeadRecord.init)[...]
        origins = try LogOrigins(database: database).all()
        keys = try Row.fetchAll(database, sql: "SELECT * FROM key").map(KeyRecord.init)
    }

    mutating func append(
        _ text: [UInt8], number: Int64, in database: Database
    ) throws -> [String] {
        guard number == growth.size else {
            return ["entry \(growth.size) of the log is missing"]
        }
        growth.append(MerkleTree.leafHash(text))
        var faults: [String] = []
        if let head = heads.first, head.size == growth.size {
            heads = heads.dropFirst()
            if let fault = fault(of: head) {
                faults.append("the head of the log at \(head.size) entries \(fault)")
            }
        }
        if growth.fullTileCount >= Self.portion {
            faults += try Self.compare(growth.takeFullTiles(), in: database)
        }
        return faults
    }

    mutating func finish(in database: Database) throws -> [String] {
        var faults = try Self.compare(growth.changedTiles, in: database)
        if growth.size != size { faults.append("the log ends after \(growth.size) entries") }
        return faults
    }

    /// A kept tile may be longer, where entries came while this was at work.
    private static func compare(
        _ tiles: [TileCoordinate: Tile], in database: Database
    ) throws -> [String] {
        let kept = LogTiles(database: database)
        var faults: [String] = []
        for (place, tile) in tiles {
            let found = try kept.tile(at: place)
            guard let found, found.hashes.starts(with: tile.hashes) else {
                faults.append("\(place) of the log is not what its entries make")
                continue
            }
        }
        return faults
    }

    // MARK: - Heads

    private func fault(of head: LogHeadRecord) -> String? {
        do throws(CheckpointError) {
            let signed = try SignedCheckpoint(parsing: head.note)
            let origin = origins.last { $0.firstEntry < head.size }?.origin
            guard signed.checkpoint.size == head.size, signed.checkpoint.root == growth.root else {
                return "is not that of its entries: an entry was taken out, added or changed"
            }
            guard signed.checkpoint.origin == origin else {
                return "is of \(signed.checkpoint.origin), and the record says \(origin ?? "none")"
            }
            return isSigned(signed) ? nil : "is not signed by a key of this station"
        } catch {
            return "is no checkpoint: \(error)"
        }
    }

    private func isSigned(_ signed: SignedCheckpoint) -> Bool {
        keys.contains { key in
            // Why a key has no such name is thrown away: then it has signed nothing.
            let verifier = try? NoteVerifier(
                name: signed.checkpoint.origin, algorithm: .ed25519, key: key.publicKey)
            return verifier.map(signed.isSigned) ?? false
        }
    }
}
