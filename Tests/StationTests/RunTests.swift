import DurableFiles
import Foundation
import Ledger
import SystemPackage
import Testing

@testable import Station

/// A run on real folders, with a clock that stands still and randomness that is counted.
struct RunTests {
    private let station: TestStation

    init() throws {
        station = try TestStation()
    }

    private func ledger() throws -> Ledger {
        try Ledger(opening: station.folder.ledger.string)
    }

    @Test func `nothing dropped is no run`() throws {
        let report = try station.run()
        #expect(report == RunReport())
        #expect(try ledger().newestRunTime() == nil)
    }

    @Test func `drops are taken up in the order of their names`() throws {
        for name in ["c", "a", "b"] {
            try station.dropLicense("License \(name)", for: "acme", as: "\(name).json")
        }
        let report = try station.run()
        #expect(report.accepted == 3)
        #expect(report.licenses == 3)
        #expect(report.bundles == ["acme/acme-000001.tar"])
        let kept = station.names(in: "inbox/accepted").filter { !$0.hasSuffix(".receipt.json") }
        #expect(kept.map { $0.suffix(6) } == ["a.json", "b.json", "c.json"])
    }

    @Test func `the same clock and randomness give licenses the same ids`() throws {
        let other = try TestStation()
        for station in [station, other] {
            try station.dropLicense("A", for: "acme", as: "a.json")
            _ = try station.run()
        }
        func id(_ station: TestStation) throws -> String {
            try OpenStation(station.folder).details("A").license.id
        }
        #expect(try id(station) == id(other))
    }

    @Test func `what is known as a repeat is not signed again`() throws {
        try station.dropLicense("A", for: "acme", as: "first.json")
        _ = try station.run()
        #expect(station.drawnLicenseIDs == 1)
        for name in ["second", "third"] {
            try station.dropLicense("A", for: "acme", as: "\(name).json")
        }
        let report = try station.run()
        #expect(report.repeated == 2)
        #expect(report.licenses == 0)
        #expect(station.drawnLicenseIDs == 1)
        let first = try station.receipts()["second.json"]?["first"] as? [String: Any]
        #expect(first?["file"] as? String == "first.json")
    }

    @Test func `the same bytes twice in one run are issued once`() throws {
        for name in ["a", "b"] {
            try station.drop(
                #"[{"name":"A","customer":"acme","payload":{}}]"#, as: "\(name).json")
        }
        let report = try station.run()
        #expect((report.accepted, report.repeated, report.licenses) == (1, 1, 1))
    }

    @Test func `one bad drop does not stop the others of its batch`() throws {
        try station.dropLicense("A", for: "acme", as: "1.json")
        try station.drop("{", as: "2.json")
        try station.dropLicense("A", for: "other", as: "3.json")
        try station.dropLicense("B", for: "other", as: "4.json")
        let report = try station.run()
        #expect((report.accepted, report.rejected, report.licenses) == (2, 2, 2))
        let problems = try station.receipts()["3.json"]?["problems"] as? [[String: Any]]
        #expect(problems?.compactMap { $0["code"] as? String } == ["name-taken"])
    }

    @Test func `a queue longer than a batch is one run`() throws {
        for number in 1...300 {
            try station.dropLicense("L\(number)", for: "acme", as: "\(1000 + number).json")
        }
        let report = try station.run()
        #expect(report.run == 1)
        #expect((report.accepted, report.licenses, report.bundles.count) == (300, 300, 1))
        #expect(try ledger().unfinishedRuns() == [])
    }

    // MARK: - The clock

    @Test func `a clock behind the newest run issues nothing until it is accepted`() throws {
        try station.dropLicense("A", for: "acme", as: "a.json")
        _ = try station.run()
        station.advanceClock(by: -60)
        try station.dropLicense("B", for: "acme", as: "b.json")
        let failure = #expect(throws: StationFailure.self) { try station.run() }
        #expect(failure?.status == .tryAgain)
        #expect(station.names(in: "inbox").contains("b.json"))
        #expect(try station.run(acceptClock: true).accepted == 1)
        // From now on the clock that was accepted is the right one.
        try station.dropLicense("C", for: "acme", as: "c.json")
        #expect(try station.run().accepted == 1)
    }

    @Test func `an accepted clock is recorded although nothing was dropped`() throws {
        try station.dropLicense("A", for: "acme", as: "a.json")
        _ = try station.run()
        station.advanceClock(by: -60)
        #expect(try station.run(acceptClock: true).run == 2)
        #expect(try station.run() == RunReport())
    }

    // MARK: - Recovery

    /// Records a batch as a run does, and stops there, as if the process had been killed.
    private func recordAndStop(_ name: String, for customer: String) throws {
        try station.dropLicense(name, for: customer, as: "\(name).json")
        let open = try OpenStation(station.folder)
        let environment = station.environment
        let now = try environment.now()
        let inbox = try open.openInbox()
        var intake = try DropIntake(
            from: inbox, except: [], configuration: open.configuration, environment: environment,
            log: TestStation.silence, now: now)
        var recorder = RunRecorder(
            open, environment: environment, keys: station.keyRing, kid: try open.activeKey().kid,
            now: now)
        var batch = DropBatch()
        while let claim = try intake.claimNext(in: inbox) {
            if let drop = intake.read(claim, in: inbox) { batch.add(drop) }
        }
        try recorder.record(&batch)
    }

    @Test func `a run that was cut off after its record is finished by the next`() throws {
        try recordAndStop("A", for: "acme")
        #expect(station.names(in: "inbox/accepted") == [])
        #expect(station.names(in: "outbox") == [])
        let report = try station.run()
        #expect(report.run == nil)
        #expect((report.accepted, report.licenses) == (1, 1))
        #expect(report.bundles == ["acme/acme-000001.tar"])
        #expect(station.drawnLicenseIDs == 1)
        #expect(station.names(in: "inbox/.claimed") == [])
    }

    @Test func `a claim that nothing was recorded of is taken up before new drops`() throws {
        try station.dropLicense("A", for: "acme", as: "z.json")
        let open = try OpenStation(station.folder)
        let environment = station.environment
        let inbox = try open.openInbox()
        var intake = try DropIntake(
            from: inbox, except: [], configuration: open.configuration, environment: environment,
            log: TestStation.silence, now: try environment.now())
        _ = try intake.claimNext(in: inbox)
        // The new drop asks for the name that the claimed one has.
        try station.dropLicense("A", for: "acme", as: "a.json")
        try station.drop(#"{"name":"A","customer":"other","payload":{}}"#, as: "b.json")
        let report = try station.run()
        #expect((report.accepted, report.repeated, report.rejected) == (1, 1, 1))
        #expect(try station.receipts()["z.json"]?["outcome"] as? String == "accepted")
    }

    @Test func `a folder that cannot be written holds back its own customer`() throws {
        try Data().write(to: URL(filePath: "\(station.path)/outbox/bad"))
        try station.dropLicense("A", for: "bad", as: "a.json")
        try station.dropLicense("B", for: "good", as: "b.json")
        let report = try station.run()
        #expect(report.ioFailures == 1)
        #expect(station.names(in: "outbox/good") == ["good-000001.tar"])
        try FileManager.default.removeItem(atPath: "\(station.path)/outbox/bad")
        _ = try station.run()
        #expect(station.names(in: "outbox/bad") == ["bad-000001.tar"])
        #expect(try station.receipts().keys.sorted() == ["a.json", "b.json"])
        #expect(try ledger().unfinishedRuns() == [])
    }

    @Test func `a second run does not wait for the first`() throws {
        let lock = try StationLock.take(station.folder, station.environment)
        let failure = #expect(throws: StationFailure.self) { try station.run() }
        #expect(failure?.status == .tryAgain)
        withExtendedLifetime(lock) {}
    }
}
