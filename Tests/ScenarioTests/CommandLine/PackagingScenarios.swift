import Foundation
import Support
import Testing

@Suite(.tags(.manyRuns), .long) struct PackagingScenarios {
    private static let units = "\(Workbench.repository)/packaging/systemd"

    @Test func `systemd finds the units right and well confined`() async throws {
        let bench = try Workbench()
        let copied = try await bench.shell(
            "cp \(Self.units)/* . && sed -i 's#/usr/bin/coldmint#\(Workbench.binary)#' *.service")
        #expect(copied.status == 0)
        let verified = try await bench.shell(
            "systemd-analyze verify --man=no ./*.service ./*.timer")
        #expect(verified.status == 0)
        #expect(verified.errors == "")
        for unit in ["coldmint.service", "coldmint-run.service"] {
            // Tenths of systemd's scale, on which 10.0 is no confinement at all.
            let security = try await bench.shell(
                "systemd-analyze security --offline=yes --threshold=10 ./\(unit)")
            #expect(security.status == 0, "\(security.output.suffix(100))")
        }
    }

    @Test(.needsStrace) func `a watch makes no system call that its unit forbids`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
        let traced = try await bench.shell(
            """
            strace -f -o log \(Workbench.binary) watch & tracer=$!
            for _ in $(seq 100); do [ -e outbox/a/a-000001.tar ] && break; sleep 0.1; done
            sleep 0.3; pkill -TERM -P $tracer; wait $tracer
            """)
        #expect(traced.status == 0, "\(traced.errors)")
        let calls = Set(
            try bench.read("log").split(separator: "\n").compactMap { line -> String? in
                let call = line.drop { $0 != " " }.drop { $0 == " " }
                    .prefix { $0 == "_" || $0.isLetter || $0.isNumber }
                return call.isEmpty || line.contains("resumed>") ? nil : String(call)
            })
        #expect(calls.contains("renameat2") && calls.contains("inotify_add_watch"))
        let sets = try await Self.systemCallSets(bench)
        let allowed = Self.calls(of: "@system-service", in: sets)
            .subtracting(Self.calls(of: "@privileged", in: sets))
        #expect(allowed.count > 200)
        // SQLite gives its journal to the ledger's owner where it runs as root, as tests may and the
        // unit does not.
        #expect(calls.subtracting(allowed).subtracting(["fchown"]).sorted() == [])
    }

    /// What systemd's names for sets of system calls stand for.
    private static func systemCallSets(_ bench: Workbench) async throws -> [String: [String]] {
        let listing = try await bench.shell("systemd-analyze --no-pager syscall-filter")
        var sets: [String: [String]] = [:]
        var name = ""
        for line in listing.output.split(separator: "\n") {
            if line.hasPrefix("@") { name = String(line) }
            let entry = line.drop { $0 == " " }
            if line.hasPrefix(" "), !entry.hasPrefix("#") {
                sets[name, default: []].append(String(entry))
            }
        }
        return sets
    }

    private static func calls(of set: String, in sets: [String: [String]]) -> Set<String> {
        Set((sets[set] ?? []).flatMap { $0.hasPrefix("@") ? calls(of: $0, in: sets) : [$0] })
    }
}
