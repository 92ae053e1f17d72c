import DurableFiles
import Failures
import Foundation
import Ledger
import LicenseToken
import Signatures
import Signing
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
        #expect(try ledger().unfinishedRuns() == [])
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
            try OpenStation(station.folder).details("A").license.id.description
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

    @Test func `a clock behind the first key issues nothing`() throws {
        station.advanceClock(by: -20 * 365 * 86_400)
        try station.dropLicense("A", for: "acme", as: "a.json")
        let failure = #expect(throws: StationFailure.self) { try station.run() }
        #expect(failure?.status == .tryAgain)
        #expect(try station.run(acceptClock: true).accepted == 1)
        #expect(try station.run() == RunReport())
    }

    @Test func `two licenses with the same last digits are given other ids`() throws {
        try station.drop(
            #"[{"name":"A","customer":"c","payload":{}},{"name":"a","customer":"c","payload":{}}]"#,
            as: "a.json")
        station.repeatRandomness(draws: 3)
        let report = try station.run()
        #expect((report.accepted, report.licenses, report.ioFailures) == (1, 2, 0))
        #expect(station.drawnLicenseIDs == 4)
    }

    // MARK: - Keys

    @Test func `no run starts with a key that has no private half here`() throws {
        let stray = try SigningKey.generate().verificationKey
        try ledger().add(
            KeyRecord(
                kid: KeyID(of: stray), publicKey: stray, state: .standby,
                createdAt: try station.environment.now()), .imported)
        try station.dropLicense("A", for: "acme", as: "a.json")
        let failure = #expect(throws: StationFailure.self) { try station.run() }
        #expect(failure?.status == .noPermission)
        #expect(station.names(in: "inbox").contains("a.json"))
    }

    // MARK: - Recovery

    /// Records a batch as a run does, and stops there, as if the process had been killed.
    private func recordAndStop(_ name: String, for customer: String) throws {
        try station.dropLicense(name, for: customer, as: "\(name).json")
        let context = try station.context()
        let folders = try context.station.openFolders()
        var intake = try DropIntake(from: folders.inbox, except: [], context)
        var recorder = RunRecorder(context, kid: try context.station.activeKey().kid)
        var batch = DropBatch()
        while let claim = try intake.claimNext(in: folders.inbox) {
            if let drop = try intake.read(claim, in: folders.inbox) { batch.add(drop) }
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

    @Test func `a run that was cut off after its bundles is reported with them`() throws {
        try recordAndStop("A", for: "acme")
        var finisher = RunFinisher(try station.context())
        let run = try #require(try ledger().unfinishedRuns().first)
        _ = try finisher.publish(run)
        let report = try station.run()
        #expect((report.accepted, report.licenses) == (1, 1))
        #expect(report.bundles == ["acme/acme-000001.tar"])
    }

    /// Claims a drop as a run does, and stops there.
    private func claimOne() throws {
        let context = try station.context()
        let folders = try context.station.openFolders()
        var intake = try DropIntake(from: folders.inbox, except: [], context)
        _ = try intake.claimNext(in: folders.inbox)
    }

    @Test func `a claim that nothing was recorded of is taken up before new drops`() throws {
        try station.dropLicense("A", for: "acme", as: "z.json")
        try claimOne()
        // a.json has the claimed drop's very bytes, and b.json asks for its name.
        try station.dropLicense("A", for: "acme", as: "a.json")
        try station.drop(#"{"name":"A","customer":"other","payload":{}}"#, as: "b.json")
        let report = try station.run()
        #expect((report.accepted, report.repeated, report.rejected) == (1, 1, 1))
        #expect(try station.receipts()["z.json"]?["outcome"] as? String == "accepted")
    }

    @Test func `a folder that cannot be written holds back its own customer's receipts`() throws {
        try Data().write(to: URL(filePath: "\(station.path)/outbox/bad"))
        try station.dropLicense("A", for: "bad", as: "a.json")
        try station.dropLicense("B", for: "good", as: "b.json")
        try station.drop("{", as: "c.json")
        let report = try station.run()
        #expect(report.bundles == ["good/good-000001.tar"])
        #expect((report.accepted, report.rejected, report.licenses) == (1, 1, 1))
        #expect((report.waiting, report.ioFailures) == (1, 1))
        #expect(try station.receipts().keys.sorted() == ["b.json", "c.json"])

        // Later runs are whole of their own, and try again.
        try station.dropLicense("D", for: "good", as: "d.json")
        let second = try station.run()
        #expect((second.accepted, second.waiting, second.ioFailures) == (1, 1, 1))

        try FileManager.default.removeItem(atPath: "\(station.path)/outbox/bad")
        let third = try station.run()
        #expect(third.bundles == ["bad/bad-000001.tar"])
        #expect((third.accepted, third.licenses, third.waiting) == (1, 1, 0))
        #expect(try station.receipts().keys.sorted() == ["a.json", "b.json", "c.json", "d.json"])
        #expect(try ledger().unfinishedRuns() == [])
    }

    @Test func `receipts that were taken away do not come back`() throws {
        try Data().write(to: URL(filePath: "\(station.path)/outbox/bad"))
        try station.dropLicense("A", for: "bad", as: "a.json")
        try station.dropLicense("B", for: "good", as: "b.json")
        _ = try station.run()
        for name in station.names(in: "inbox/accepted") {
            try FileManager.default.removeItem(atPath: "\(station.path)/inbox/accepted/\(name)")
        }
        _ = try station.run()
        #expect(station.names(in: "inbox/accepted") == [])
    }

    // MARK: - What strangers put among the claimed drops

    @Test func `a file of a foreign name among the claimed drops stops nothing`() throws {
        _ = try station.run()
        let tooLong = "20261201T080000Z-00000aaaaaa-" + String(repeating: "x", count: 215) + ".json"
        for name in ["x.json", tooLong] {
            try Data("{}".utf8).write(to: URL(filePath: "\(station.path)/inbox/.claimed/\(name)"))
        }
        try station.dropLicense("A", for: "acme", as: "a.json")
        let report = try station.run()
        #expect((report.accepted, report.ioFailures) == (1, 0))
        #expect(station.names(in: "inbox/.claimed") == [tooLong, "x.json"])
    }

    @Test func `a file under the claim of another drop is handled under a new one`() throws {
        try station.dropLicense("A", for: "acme", as: "a.json")
        _ = try station.run()
        let claim = try #require(station.names(in: "inbox/accepted").first)
        try Data(#"{"name":"B","customer":"acme","payload":{}}"#.utf8)
            .write(to: URL(filePath: "\(station.path)/inbox/.claimed/\(claim)"))
        let report = try station.run()
        #expect((report.accepted, report.licenses) == (1, 1))
        #expect(station.names(in: "inbox/accepted").count == 4)
        #expect(station.names(in: "inbox/.claimed") == [])
    }

    @Test func `a second run does not wait for the first`() throws {
        let lock = try StationLock.take(station.folder, station.environment)
        let failure = #expect(throws: StationFailure.self) { try station.run() }
        #expect(failure?.status == .tryAgain)
        withExtendedLifetime(lock) {}
    }
}
