import Support
import Testing

/// The folder of a station's products: what is in it holds, and who may change it.
@Suite struct ProductFolderScenarios {
    @Test(arguments: [
        ("\"type\": \"integer\"", "\"typ\": \"integer\"", ":7:18: 'typ' is no keyword"),
        ("\"1y\"", "\"1 year\"", ":18:24: default is a number of years, months or days"),
        ("\"plans\"", "\"tariffs\"", ":14:3: there is no such member"),
        ("}", "", ":1:1: "),
    ])
    func `a product that cannot be read stops the run before anything is taken up`(
        old: String, new: String, message: String
    ) async throws {
        let bench = try await ProductScenarios.bench()
        let text =
            new.isEmpty
            ? "" : ProductScenarios.analytics.replacing(old, with: new, maxReplacements: 1)
        try bench.sell(text, as: "analytics")
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 78)
        #expect(
            run.errors.hasPrefix("coldmint: station/products/analytics.json\(message)"),
            "\(run.errors)")
        #expect(bench.names(in: "inbox").contains("a.json"))
        let check = try await bench.coldmint("products", "check", "station/products/analytics.json")
        #expect(check.status == 65)
        #expect(
            check.output.hasPrefix("station/products/analytics.json\(message)"), "\(check.output)")
    }

    @Test func `a watch waits for a product that is being written`() async throws {
        let bench = try await ProductScenarios.bench()
        let watch = try await bench.whileRunning(["watch"]) { process in
            try await bench.wait(for: "the watch") { process.isWatching }
            try bench.sell("{", as: "new")
            try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
            try await Task.sleep(for: .seconds(2))
            #expect(bench.names(in: "outbox/a").isEmpty)
            try bench.sell(#"{"payload":{}}"#, as: "new")
            try await bench.wait(for: "the bundle") { !bench.names(in: "outbox/a").isEmpty }
            try process.terminate()
        }
        #expect(watch.status == 0)
        #expect(watch.errors.contains("new.json:1:2"), "\(watch.errors)")
    }

    @Test func `a faulty product is named by status, and kept in a backup`() async throws {
        let bench = try await ProductScenarios.bench()
        try bench.sell("{", as: "new")
        let status = try await bench.coldmint("status")
        #expect(status.output.contains("refusal   station/products/new.json:1:2"))
        #expect(try await bench.coldmint("backup", "b.tar").status == 0)
        _ = try await bench.shell("mv station lost")
        #expect(try await bench.coldmint("restore", "b.tar").status == 0)
        #expect(try bench.read("station/products/new.json") == "{")
        #expect(try await bench.coldmint("run").status == 78)
    }

    @Test(arguments: ["elsewhere", "nowhere"])
    func `a link in place of the folder of products is refused`(target: String) async throws {
        let bench = try await ProductScenarios.bench()
        _ = try await bench.shell(
            "mv station/products elsewhere && ln -s ../\(target) station/products")
        let run = try await bench.coldmint("run")
        #expect(run.status == 78)
        #expect(run.errors.contains("station/products: it is a link"), "\(run.errors)")
    }

    @Test func `products that others can change are not sold`() async throws {
        let bench = try await ProductScenarios.bench()
        _ = try await bench.shell("chmod g+w station/products/analytics.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 78)
        #expect(run.errors.contains("others can write to it, and say what may be sold"))
        _ = try await bench.shell("chmod g-w station/products/* && chmod o+w station/products")
        #expect(try await bench.coldmint("run").errors.contains("others can replace it"))
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 65)
        #expect(audit.output.contains("others can replace it"), "\(audit.output)")
    }

    @Test func `products are in a backup and come back with it`() async throws {
        let bench = try await ProductScenarios.bench()
        #expect(try await bench.coldmint("backup", "b.tar").status == 0)
        _ = try await bench.shell("mv station lost")
        #expect(try await bench.coldmint("restore", "b.tar").status == 0)
        #expect(try bench.read("station/products/analytics.json") == ProductScenarios.analytics)
        #expect(try await bench.coldmint("products", "list").status == 0)
        #expect(bench.names(in: "station").contains(".init") == false)
    }
}
