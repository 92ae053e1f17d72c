import Foundation
import Support
import Testing

/// `init`, `backup` and `restore` are hit by a fault at a system call: what they make is there whole
/// or not at all, its list of signers included, and the same command does its work afterwards.
///
/// By default a sample of the points is tried; `scripts/test --all-faults` tries every one.
@Suite(.tags(.faults), .long, .needsStrace) struct BackupFaultTests {
    private static let seed: UInt64 = 20_261_126
    private static let sampleCount = 8
    private static let calls = FaultPoint.calls + ["mkdirat", "rmdir"]

    /// A station with two keys and a license, whose drops Alice has to sign, and its backup, copied
    /// for each point. Her key is in `alice`, and the list in `people`.
    private struct Template {
        let bench: Workbench

        init() async throws {
            bench = try Workbench()
            let person = try await bench.shell(
                """
                ssh-keygen -q -t ed25519 -N '' -C '' -f alice &&
                    echo "alice@example.com $(cat alice.pub)" >people
                """)
            try #require(person.status == 0, "\(person.errors)")
            let made = try await bench.run(Workbench.binary, BackupFaultTests.initialization)
            try #require(made.status == 0, "\(made.errors)")
            let settings = try bench.read("station/station.yaml")
            try bench.write(settings + "vendorLogo: logo.svg\n", to: "station/station.yaml")
            try bench.write(BackupFaultTests.picture, to: "station/logo.svg")
            try bench.sell(BackupFaultTests.product, as: "server")
            try bench.sell(BackupFaultTests.product, as: "client")
            try await BackupFaultTests.drop("A", on: bench)
            for command in [["run"], ["keys", "generate", "--yes"], ["backup", "known.tar"]] {
                let answer = try await bench.run(Workbench.binary, command)
                try #require(answer.status == 0, "\(answer.errors)")
            }
        }

        func copy(_ files: String) async throws -> Workbench {
            let copy = try Workbench()
            let copied = try await bench.shell("cp -a \(files) '\(copy.path)/'")
            try #require(copied.status == 0, "\(copied.errors)")
            return copy
        }
    }

    private static let initialization = [
        "init", "--issuer", "https://licenses.example.com", "--no-passphrase", "--signers",
        "people",
    ]

    private static let product = #"{"payload":{}}"#
    private static let picture = #"<svg xmlns="http://www.w3.org/2000/svg"/>"#

    /// Drops a request that Alice has signed.
    private static func drop(_ name: String, on bench: Workbench) async throws {
        try bench.write(#"{"name":"\#(name)","customer":"a","payload":{}}"#, to: "\(name).json")
        let signed = try await bench.shell(
            """
            ssh-keygen -q -Y sign -n coldmint-request@licenses.example.com -f alice \(name).json &&
                mv \(name).json* inbox/
            """)
        try #require(signed.status == 0, "\(signed.errors)")
    }

    /// A run that takes a signed drop, and leaves one that nobody has signed waiting.
    private static func expectSound(_ bench: Workbench, _ story: String) async throws {
        #expect(try bench.read("station/signers") == (try bench.read("people")), "\(story)")
        try await drop("B", on: bench)
        try bench.drop(#"{"name":"C","customer":"a","payload":{}}"#, as: "c.json")
        let run = try await bench.coldmint("run", "--json")
        #expect(run.status == 0, "\(story): \(run.errors)")
        #expect(try run.json()["accepted"].integer == 1, "\(story): \(run.errors)")
        #expect(try run.json()["waiting"].integer == 1, "\(story): \(run.errors)")
        try await bench.expectKnowsAllCheckpoints(story)
        let drafts = try await bench.shell("find . -name '*.part' -o -path '*/.init/*'")
        #expect(drafts.output == "", "\(story)")
    }

    /// Tries the command on copies of some files of the template, one fault at a time.
    private static func tryOut(
        _ command: [String], on files: String, _ template: Template,
        _ check: (Workbench, _ hit: Workbench.Answer, _ story: String) async throws -> Void
    ) async throws {
        let undisturbed = try await template.copy(files)
        let answer = try await undisturbed.run(
            "strace",
            ["-f", "-o", "log", "-e", "trace=\(calls.joined(separator: ","))", Workbench.binary]
                + command)
        try #require(answer.status == 0, "\(answer.errors)")
        let points = FaultPoint.all(inLogOf: try undisturbed.read("log"), among: calls)
        try #require(points.count > 20, "strace saw only \(points.count) calls")
        var generator = SeededGenerator(seed: seed)
        for fault in Fault.allCases {
            let chosen = FaultPoint.sample(sampleCount, of: points, using: &generator)
            for point in chosen {
                let bench = try await template.copy(files)
                let story = "\(command[0]), \(fault) at \(point)"
                let hit = try await bench.run(
                    "strace",
                    ["-f", "-o", "log"] + point.injection(of: fault) + [Workbench.binary] + command)
                if fault == .kill {
                    #expect(hit.status == 137, "\(story): not killed")
                } else {
                    #expect(try bench.read("log").contains("(INJECTED)"), "\(story): no fault")
                    #expect([0, 73, 74, 75].contains(hit.status), "\(story): \(hit.status)")
                }
                try await check(bench, hit, story)
            }
            print("\(command[0]), \(fault): \(chosen.count) of \(points.count) points")
        }
    }

    @Test
    func `whatever the system call at which an init is hit, it is there whole or not at all`()
        async throws
    {
        let template = try await Template()
        try await Self.tryOut(Self.initialization, on: "alice people", template) {
            bench, hit, story in
            let isThere = bench.names(in: "station").contains("station.yaml")
            if hit.status == 0 { #expect(isThere, "\(story)") }
            if hit.status < 128 && !isThere {
                #expect(bench.names(in: "station") == [], "\(story): \(hit.errors)")
            }
            let again = try await bench.run(Workbench.binary, Self.initialization)
            #expect(again.status == (isThere ? 73 : 0), "\(story): \(again.errors)")
            try await Self.expectSound(bench, story)
            #expect(bench.names(in: "station/keys").count == 1, "\(story)")
        }
    }

    @Test
    func `whatever the system call at which a restore is hit, it is there whole or not at all`()
        async throws
    {
        let template = try await Template()
        let keys = template.bench.names(in: "station/keys")
        // The outbox has outlived the station.
        try await Self.tryOut(
            ["restore", "known.tar"], on: "known.tar alice people outbox", template
        ) { bench, hit, story in
            try await bench.keepCheckpoints(story)
            #expect(bench.names(in: "seen").count == 1, "\(story)")
            let isThere = bench.names(in: "station").contains("station.yaml")
            if hit.status == 0 { #expect(isThere, "\(story)") }
            if hit.status < 128 && !isThere {
                #expect(bench.names(in: "station") == [], "\(story): \(hit.errors)")
            }
            let again = try await bench.coldmint("restore", "known.tar")
            #expect(again.status == (isThere ? 73 : 0), "\(story): \(again.errors)")
            try await Self.expectSound(bench, story)
            #expect(bench.names(in: "station/keys") == keys, "\(story)")
            #expect(
                bench.names(in: "station/products") == ["client.json", "server.json"], "\(story)")
            #expect(try bench.read("station/products/server.json") == Self.product, "\(story)")
            #expect(try bench.read("station/logo.svg") == Self.picture, "\(story)")
            let log = try await bench.coldmint("log", "show", "--from", "0", "--json").json()
            let restores = log["entries"].elements.filter {
                $0["entry"]["what"].string == "restored"
            }
            #expect(restores.count == 1, "\(story)")
        }
    }

    @Test
    func `whatever the system call at which a backup is hit, it is there whole or not at all`()
        async throws
    {
        let template = try await Template()
        try await Self.tryOut(
            ["backup", "new.tar"], on: "station inbox outbox", template
        ) { bench, hit, story in
            let isThere = bench.names(in: "").contains("new.tar")
            if hit.status == 0 { #expect(isThere, "\(story)") }
            let again = try await bench.coldmint("backup", "new.tar")
            #expect(again.status == (isThere ? 73 : 0), "\(story): \(again.errors)")
            #expect(
                bench.names(in: "").filter { $0 != "log" }
                    == ["inbox", "new.tar", "outbox", "station"], "\(story)")
            _ = try await bench.shell("mkdir other")
            let restored = try await bench.coldmint(
                "--station", "other/station", "restore", "new.tar")
            #expect(restored.status == 0, "\(story): \(restored.errors)")
            let lists = try await bench.shell(
                "cmp station/signers other/station/signers && "
                    + "cmp station/logo.svg other/station/logo.svg && "
                    + "diff -r station/products other/station/products")
            #expect(lists.status == 0, "\(story)")
            for station in ["station", "other/station"] {
                let audit = try await bench.coldmint(
                    "--station", station, "audit", "--since", "outbox/checkpoint")
                #expect(audit.status == 0, "\(story): \(audit.output)\(audit.errors)")
            }
        }
    }
}
