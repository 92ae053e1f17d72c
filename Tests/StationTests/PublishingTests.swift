import Bundles
import DurableFiles
import Foundation
import Ledger
import LicenseToken
import SystemPackage
import Testing

@testable import Station

/// Bundles with more licenses than are held in memory.
struct PublishingTests {
    private let station: TestStation

    init() throws {
        station = try TestStation()
    }

    /// In an order that is neither that of their folders nor that of several portions.
    private static let names = (0..<2100).map { "License \($0 * 1237 % 2100)" }

    private func issue() throws {
        let requests = Self.names.map { #"{"name":"\#($0)","customer":"acme","payload":{}}"# }
        try station.drop("[\(requests.joined(separator: ","))]", as: "a.json")
        _ = try station.run()
    }

    private func verifiedBundle() throws -> VerifiedBundle {
        let file = try ReadableFile(
            opening: FilePath("\(station.path)/outbox/acme/acme-000001.tar"))
        return try VerifiedBundle(readingFrom: file.descriptor)
    }

    @Test func `a bundle of several portions lists every license in the order of issue`() throws {
        try issue()
        #expect(try verifiedBundle().licenses.map(\.name) == Self.names)
        #expect(try OpenStation(station.folder).audit().findings == [])
    }

    @Test func `a bundle that a cut off run has left is met again`() throws {
        let folder = "\(station.path)/outbox/acme"
        try Data().write(to: URL(filePath: folder))
        try issue()
        try FileManager.default.removeItem(atPath: folder)
        let context = try station.context()
        let run = try #require(try context.station.ledger.unfinishedRuns().first)
        let key = try context.keys.key(run.kid, in: KeyStore(station: station.folder))
        let licenses = try BundleLicenses(
            of: "acme", in: run, of: context.station, hasDeliveries: false)
        let digest = try BundleDraft(
            of: licenses, with: nil, signedBy: key, of: context.station
        ).publish()
        let report = try station.run()
        #expect(report.bundles == ["acme/acme-000001.tar"])
        #expect((report.licenses, report.ioFailures) == (Self.names.count, 0))
        #expect(try context.station.ledger.bundles().map(\.digest) == [digest])
        #expect(try verifiedBundle().licenses.map(\.name) == Self.names)
    }
}
