import Foundation
import Support
import Testing

/// docs/request.schema.json and the binary, held against the same requests.
@Suite(.tags(.otherPrograms), .long) struct RequestSchemaTests {
    private static let folder = "\(Workbench.repository)/Tests/InteropTests"

    private static func files(_ kind: String) throws -> [String] {
        let place = "\(folder)/Requests/\(kind)"
        let names = try FileManager.default.contentsOfDirectory(atPath: place)
        return names.filter { $0.hasSuffix(".json") }.sorted().map { "\(place)/\($0)" }
    }

    /// The files that the schema, and those that the binary finds good.
    private static func good(
        among files: [String]
    ) async throws -> (schema: [String], binary: [String]) {
        let bench = try Workbench()
        let schema = "\(Workbench.repository)/docs/request.schema.json"
        let answer = try await bench.run(
            "/usr/bin/python3", ["\(folder)/schema.py", schema] + files)
        try #require(answer.status == 0, "\(answer.errors)")
        let lines = answer.output.split(separator: "\n")
        try #require(lines.count == files.count)
        let check = try await bench.run(Workbench.binary, ["check", "--json"] + files).json()
        try #require(check.elements.compactMap { $0["file"].string } == files)
        return (
            zip(files, lines).filter { $1.hasSuffix(" good") }.map(\.0),
            zip(files, check.elements).filter { $1["valid"].bool == true }.map(\.0)
        )
    }

    @Test func `what is good is good to both`() async throws {
        let files = try Self.files("good")
        try #require(files.count >= 10)
        let good = try await Self.good(among: files)
        #expect(good.schema == files)
        #expect(good.binary == files)
    }

    @Test func `what is bad is bad to both`() async throws {
        let files = try Self.files("bad")
        try #require(files.count >= 50)
        let good = try await Self.good(among: files)
        #expect(good.schema == [])
        #expect(good.binary == [])
    }

    @Test func `what no schema can tell is left to the binary`() async throws {
        let files = try Self.files("beyond")
        try #require(files.count >= 10)
        let good = try await Self.good(among: files)
        #expect(good.schema == files)
        #expect(good.binary == [])
    }

    @Test func `the requests that newcomers are given are good to both`() async throws {
        let place = "\(Workbench.repository)/Examples"
        let files = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
            .map { "\(place)/\($0)" }
        let good = try await Self.good(among: files)
        #expect(good.schema == files)
        #expect(good.binary == files)
    }
}
