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
        among files: [String], products: String? = nil
    ) async throws -> (schema: [String], binary: [String]) {
        let bench = try Workbench()
        var schema = "\(Workbench.repository)/docs/request.schema.json"
        if let products {
            schema = "\(bench.path)/request.schema.json"
            let printed = try await bench.coldmint("schema", "--products", products)
            try bench.write(printed.output, to: "request.schema.json")
        }
        let answer = try await bench.run(
            "/usr/bin/python3", ["\(folder)/schema.py", schema] + files)
        try #require(answer.status == 0, "\(answer.errors)")
        let lines = answer.output.split(separator: "\n")
        try #require(lines.count == files.count)
        let check = try await bench.run(
            Workbench.binary,
            ["check", "--json"] + (products.map { ["--products", $0] } ?? []) + files
        ).json()
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

    @Test func `the schema that is printed with products knows them`() async throws {
        let bench = try Workbench()
        _ = try await bench.shell("mkdir products")
        try bench.write(
            """
            {"payload":{"type":"object","additionalProperties":false,"required":["seats","kind"],
                        "properties":{"seats":{"$ref":"#/$defs/count"},"kind":{"enum":["a","b"]},
                                      "$ref":{"const":"#/$defs/count"}},
                        "$defs":{"count":{"type":"integer","minimum":1}}},
             "plans":{"small":{"kind":"a","seats":5}}}
            """, to: "products/server.json")
        try bench.write(#"{"payload":{}}"#, to: "products/any.json")
        func files(_ members: [String]) throws -> [String] {
            try members.enumerated().map { index, members in
                let name = "\(abs(members.hashValue))-\(index).json"
                try bench.write(#"{"name":"A","customer":"a",\#(members)}"#, to: name)
                return "\(bench.path)/\(name)"
            }
        }
        let good = try files([
            #""payload":{"x":1}"#, #""product":"any","payload":{"x":1}"#,
            ##""product":"server","payload":{"seats":3,"kind":"b","$ref":"#/$defs/count"}"##,
            #""product":"server","plan":"small","payload":{}"#,
            #""product":"server","plan":"small","payload":{"seats":7}"#,
        ])
        let bad = try files([
            #""product":"servre","payload":{}"#, #""product":"any","plan":"small","payload":{}"#,
            #""product":"server","payload":{"seats":3}"#,
            #""product":"server","payload":{"seats":0,"kind":"b"}"#,
            #""product":"server","plan":"smal","payload":{}"#,
            #""product":"server","plan":"small","payload":{"seats":"7"}"#,
            #""product":"server","plan":"small","payload":{"seat":7}"#,
        ])
        let found = try await Self.good(among: good + bad, products: "\(bench.path)/products")
        #expect(found.schema == good)
        #expect(found.binary == good)
    }

    @Test func `the requests that newcomers are given are good to both`() async throws {
        let place = "\(Workbench.repository)/Examples"
        let files = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
            .filter { $0.hasSuffix(".json") }.map { "\(place)/\($0)" }
        let good = try await Self.good(among: files)
        #expect(good.schema == files)
        #expect(good.binary == files)
    }
}
