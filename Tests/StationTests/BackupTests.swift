import Failures
import Foundation
import SystemPackage
import Testing

@testable import Station

struct BackupTests {
    /// Time does not pass here, so that nobody waits.
    @Test func `a backup gives up where a run stays at work`() throws {
        let station = try TestStation()
        let lock = try StationLock.take(station.folder, station.environment)
        let failure = #expect(throws: StationFailure.self) {
            try station.folder.backUp(
                to: FilePath("\(station.path)/backup.tar"), environment: station.environment)
        }
        #expect(failure?.status == .tryAgain)
        #expect(station.names(in: "") == ["inbox", "outbox", "station"])
        withExtendedLifetime(lock) {}
    }

    @Test func `two backups at the same time are the same, byte for byte`() throws {
        let station = try TestStation()
        try station.dropLicense("A", for: "acme", as: "a.json")
        _ = try station.run()
        var backups: [Data] = []
        for name in ["a.tar", "b.tar"] {
            let path = "\(station.path)/\(name)"
            _ = try station.folder.backUp(to: FilePath(path), environment: station.environment)
            backups.append(try Data(contentsOf: URL(filePath: path)))
        }
        #expect(backups[0] == backups[1])
    }
}
