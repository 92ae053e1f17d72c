import Foundation
import Support

/// A backup with something changed in it, in the form that backups have.
enum RepackedBackup {
    /// The files of a backup, with checksums that fit them.
    static func checksums(in station: String, _ bench: Workbench) async throws {
        let summed = try await bench.shell(
            "cd '\(station)' && LC_ALL=C sha256sum $(find keys -type f | LC_ALL=C sort) "
                + "ledger.sqlite $(find signers 2>/dev/null) station.yaml >SHA256SUMS")
        guard summed.status == 0 else { throw WorkbenchError(description: summed.errors) }
    }
}

extension Workbench {
    /// Unpacks the backup, lets something be changed in its station's folder, and packs what is
    /// there then.
    func repack(
        _ backup: String, as file: String, mendingChecksums: Bool = true,
        _ change: (_ station: String) async throws -> Void
    ) async throws {
        let folder = "unpacked-\(UUID().uuidString)"
        let unpacked = try await shell("mkdir '\(folder)' && tar -xf '\(backup)' -C '\(folder)'")
        guard unpacked.status == 0 else { throw WorkbenchError(description: unpacked.errors) }
        let station = "\(folder)/station"
        try await change(station)
        if mendingChecksums { try await RepackedBackup.checksums(in: station, self) }
        var tar = RawTar(try readBytes(backup))
        for (index, entry) in tar.entries.enumerated() where entry[.type] == "0" {
            tar.entries[index] = entry.holding(try readBytes("\(folder)/\(entry.path)"))
        }
        try write(tar.bytes, to: file)
    }
}
