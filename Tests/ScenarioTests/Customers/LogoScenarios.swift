import Foundation
import Support
import Testing

/// The vendor's picture on the customer's page.
@Suite(.tags(.manyRuns), .long) struct LogoScenarios {
    private static let picture = #"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>"#
    private static let request = #"{"name":"A","customer":"a","payload":{}}"#

    private static func bench(_ picture: String? = picture) async throws -> Workbench {
        let bench = try await Workbench.withStation()
        try bench.write(
            try bench.read("station/station.yaml") + "vendorName: Example\nvendorLogo: logo.svg\n",
            to: "station/station.yaml")
        if let picture { try bench.write(picture, to: "station/logo.svg") }
        return bench
    }

    @Test func `the picture is in each page as it is at the time of the run`() async throws {
        let bench = try await Self.bench()
        try bench.drop(Self.request, as: "a.json")
        #expect(try await bench.coldmint("run").status == 0)
        let other = Self.picture.replacing("4", with: "8")
        try bench.write(other, to: "station/logo.svg")
        try bench.drop(#"{"action":"deliver","customer":"a"}"#, as: "b.json")
        #expect(try await bench.coldmint("run").status == 0)
        for (run, picture) in [(1, Self.picture), (2, other)] {
            let verified = try await bench.coldmint("verify", "outbox/a/a-00000\(run).tar")
            #expect(verified.status == 0, "\(verified.errors)")
            try await bench.unpack("a/a-00000\(run).tar", into: ".")
            let page = try bench.read("a-00000\(run)/index.html")
            let data = Data(picture.utf8).base64EncodedString()
            #expect(page.contains(#"alt="Example" src="data:image/svg+xml;base64,\#(data)""#))
        }
    }

    @Test(arguments: [
        (nil, "must name a plain file in the station's folder"),
        ("<html/>", "it is neither a PNG nor an SVG"),
        (String(repeating: "x", count: 300_000), "it is larger than 256 KiB"),
    ])
    func `a picture that is none stops the run before anything is taken up`(
        picture: String?, reason: String
    ) async throws {
        let bench = try await Self.bench(picture)
        try bench.drop(Self.request, as: "a.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 78)
        #expect(run.errors.contains("station/logo.svg"), "\(run.errors)")
        #expect(run.errors.contains(reason), "\(run.errors)")
        #expect(bench.names(in: "inbox").contains("a.json"))
        let status = try await bench.coldmint("status")
        #expect(status.output.contains("logo.svg"), "\(status.output)")
    }

    @Test func `a backup has the picture, and a restore puts it back`() async throws {
        let bench = try await Self.bench()
        try bench.drop(Self.request, as: "a.json")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try await bench.coldmint("backup", "b.tar").status == 0)
        let listed = try await bench.shell("tar -tf b.tar | tail -n 3")
        #expect(listed.output == "station/logo.svg\nstation/station.yaml\nstation/SHA256SUMS\n")
        _ = try await bench.shell("mv station lost")
        let restored = try await bench.coldmint("restore", "b.tar")
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(try bench.read("station/logo.svg") == Self.picture)
        try bench.drop(#"{"action":"deliver","customer":"a"}"#, as: "b.json")
        #expect(try await bench.coldmint("run").status == 0)
    }

    @Test func `a station whose picture is missing is backed up without it`() async throws {
        let bench = try await Self.bench(nil)
        #expect(try await bench.coldmint("backup", "b.tar").status == 0)
        _ = try await bench.shell("mv station lost")
        #expect(try await bench.coldmint("restore", "b.tar").status == 0)
        #expect(try await bench.coldmint("run").status == 78)
    }
}
