import DurableFiles
import Foundation
import Glibc
import Ledger
import Spool
import SystemPackage
import Testing

@testable import Station

/// A watch waits for what others do. What its own runs do must not wake it, or it never rests.
struct WatchingTests {
    @Test func `no run wakes the watch on its inbox`() throws {
        let station = try TestStation()
        _ = try station.run()
        try station.dropLicense("A", for: "acme", as: "a.json")
        try station.drop("{", as: "b.json")
        let watch = try InboxWatch(at: FilePath("\(station.path)/inbox"))
        #expect(try station.run().accepted == 1)
        #expect(try station.run() == RunReport())
        #expect(watch.wait(seconds: 0.05, or: try StopRequest()) == .timeout)
    }
}

/// What a watch keeps between its runs must not outlive what it stands for.
struct KeptLedgerTests {
    @Test func `a ledger that another took the place of is opened anew`() throws {
        let station = try TestStation()
        let kept = KeptLedger()
        func run() throws -> RunReport {
            try Run.perform(
                station.folder,
                keys: KeyRing(
                    PassphraseSource(file: nil, variables: [:]), log: TestStation.silence),
                environment: station.environment, log: TestStation.silence, ledger: kept)
        }
        let ledger = station.folder.ledger.string
        let backup = "\(ledger).backup"
        try FileManager.default.copyItem(atPath: ledger, toPath: backup)
        try station.dropLicense("A", for: "acme", as: "a.json")
        #expect(try run().run == 1)
        #expect(rename(backup, ledger) == 0)
        // What shows that this ledger is an older one.
        try station.shell("rm -r outbox/checkpoint outbox/acme")
        try station.dropLicense("B", for: "other", as: "b.json")
        #expect(try run().run == 1)
        #expect(try station.context().station.details("B").license.name == "B")
    }

    @Test func `the ledger stays open for a watch`() throws {
        let station = try TestStation()
        let kept = KeptLedger()
        var opened = 0
        func open() throws(StationFailure) -> Ledger {
            try kept.ledger(at: station.folder.ledger) { () throws(StationFailure) in
                opened += 1
                return try OpenStation(station.folder).ledger
            }
        }
        #expect(try open() === open())
        #expect(opened == 1)
        kept.close()
        _ = try open()
        #expect(opened == 2)
    }
}
