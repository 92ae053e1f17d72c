import CalendarTime
import DurableFiles
import Failures
import Foundation
import Ledger
import LicenseRequest
import Spool
import SystemPackage
import Testing

@testable import Station

/// Drops that are read twice instead of being held in memory do what small ones do.
struct LargeDropTests {
    private let station: TestStation

    init() throws {
        station = try TestStation()
    }

    private static let padding = String(repeating: "x", count: 1900)

    private static func create(_ name: String) -> String {
        #"{"name":"\#(name)","customer":"acme","description":"\#(padding)","payload":{}}"#
    }

    /// So many requests are in several portions.
    private static func names(_ count: Int = 700) -> [String] {
        (0..<count).map { "License \($0)" }
    }

    private func drop(_ requests: [String], as file: String = "a.json") throws {
        let text = "[\(requests.joined(separator: ",\n"))]"
        try #require(text.utf8.count > 1 << 20)
        try station.drop(text, as: file)
    }

    private func liveNames() throws -> [String] {
        var names: [String] = []
        try Ledger(opening: station.folder.ledger.string).forEachLicense { license in
            if license.isLive { names.append(license.name) }
            return true
        }
        return names
    }

    @Test func `a large drop gives each request its license and its line in the receipt`() throws {
        try drop(Self.names().map(Self.create))
        let report = try station.run()
        #expect(report.licenses == 700)
        #expect(report.bundles == ["acme/acme-000001.tar"])
        #expect(try liveNames() == Self.names())
        let receipt = try #require(try station.receipts()["a.json"])
        let results = try #require(receipt["results"] as? [[String: Any]])
        #expect(results.map { $0["name"] as? String } == Self.names())
        #expect(Set(results.map { $0["bundle"] as? String }) == ["acme/acme-000001.tar"])
        #expect(try OpenStation(station.folder).audit().findings == [])
    }

    @Test func `its receipt has the form of a small one's`() throws {
        try drop(Self.names().map(Self.create))
        try station.drop("[\(Self.create("One")),\(Self.create("Two"))]", as: "small.json")
        _ = try station.run()
        let texts = try station.names(in: "inbox/accepted").filter { $0.hasSuffix(".receipt.json") }
            .map {
                try String(contentsOfFile: "\(station.path)/inbox/accepted/\($0)", encoding: .utf8)
            }
        // What differs is in the values alone.
        let forms = texts.map { text in
            Set(text.split(separator: "\n").map { $0.prefix { $0 != ":" } })
        }
        #expect(forms.count == 2)
        #expect(forms.first == forms.last)
    }

    @Test func `the same large drop again changes nothing and signs nothing`() throws {
        try drop(Self.names().map(Self.create))
        _ = try station.run()
        try drop(Self.names().map(Self.create), as: "again.json")
        let drawn = station.drawnLicenseIDs
        let report = try station.run()
        #expect(report.repeated == 1)
        #expect(station.drawnLicenseIDs == drawn)
        #expect(try station.receipts()["again.json"]?["outcome"] as? String == "repeated")
    }

    @Test func `a name taken twice far apart refuses all of it`() throws {
        try drop((Self.names() + ["License 0"]).map(Self.create))
        let report = try station.run()
        #expect(report.rejected == 1)
        #expect(report.licenses == 0)
        #expect(try liveNames() == [])
        let receipt = try #require(try station.receipts()["a.json"])
        let problems = try #require(receipt["problems"] as? [[String: Any]])
        #expect(problems.map { $0["pointer"] as? String } == ["/700/name"])
        #expect(problems.map { $0["line"] as? Int } == [701])
        try drop(Self.names().map(Self.create), as: "mended.json")
        #expect(try station.run().licenses == 700)
    }

    @Test func `a fault at its end is found before anything is signed`() throws {
        try drop(Self.names().map(Self.create) + [#"{"name":"Z","customer":"Z","payload":1}"#])
        #expect(try station.run().rejected == 1)
        #expect(station.drawnLicenseIDs == 0)
        let receipt = try #require(try station.receipts()["a.json"])
        let problems = try #require(receipt["problems"] as? [[String: Any]])
        #expect(
            problems.map { $0["pointer"] as? String } == ["/700/customer", "/700/payload"])
    }

    @Test func `later requests meet what earlier ones far before them did`() throws {
        try station.dropLicense("Old", for: "acme", as: "0.json")
        _ = try station.run()
        let id = try OpenStation(station.folder).details("Old").license.id
        let rename = #"{"action":"update","license":"\#(id)","name":"New"}"#
        let delete = #"{"action":"delete","license":"\#(id)","name":"New"}"#
        let deliver = #"{"action":"deliver","customer":"acme"}"#
        try drop([rename] + Self.names().map(Self.create) + [Self.create("Old"), delete, deliver])
        #expect(try station.run().licenses == 701)
        #expect(try liveNames() == Self.names() + ["Old"])
    }

    @Test func `a drop that changes between its two readings is not issued`() throws {
        let path = "\(station.path)/large"
        let text = "[\(Self.names().map(Self.create).joined(separator: ","))]"
        try Data(text.utf8).write(to: URL(filePath: path))
        let context = try station.context()
        let claim = ClaimName(
            time: context.now.basicFormat, sequence: 0, random: [0, 0, 0, 0],
            original: FileName("large.json"))
        let drop = try ParsedDrop(
            claim: claim, reading: DropFile(ReadableFile(opening: FilePath(path))),
            rules: RequestRules(context.station.configuration, now: context.now),
            isSigned: false)
        try Data(text.replacing("License 699", with: "License 777").utf8)
            .write(to: URL(filePath: path), options: [])
        var batch = DropBatch()
        batch.add(drop)
        var recorder = RunRecorder(context, kid: try context.station.activeKey().kid)
        try recorder.record(&batch)
        #expect(recorder.changedDrops == 1)
        #expect(recorder.run == nil)
        #expect(try liveNames() == [])
        #expect(try context.station.ledger.unfinishedRuns() == [])
    }
}
