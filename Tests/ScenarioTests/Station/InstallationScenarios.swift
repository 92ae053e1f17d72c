import Foundation
import Support
import Testing

/// What the package counts on: a configuration elsewhere, and root who is not the station's user.
@Suite(.long, .tags(.manyRuns)) struct InstallationScenarios {
    @Test func `init puts the configuration where a link in the station's folder leads`()
        async throws
    {
        let bench = try Workbench()
        _ = try await bench.shell(
            "mkdir etc && mkdir -m 700 station && ln -s ../etc/vendor.yaml station/station.yaml")
        let made = try await bench.coldmint(
            "init", "--issuer", "https://licenses.example.com", "--no-passphrase", "--inbox",
            "../in",
            "--outbox", "../out")
        #expect(made.status == 0, "\(made.errors)")
        #expect(bench.names(in: "station") == ["keys", "ledger.sqlite", "station.yaml"])
        #expect(bench.names(in: "etc") == ["vendor.yaml"])
        let settings = try bench.read("etc/vendor.yaml")
        #expect(settings.contains("issuer: 'https://licenses.example.com'\ninbox: '../in'\n"))
        try bench.write(#"{"name":"A","customer":"acme","payload":{}}"#, to: "in/a.json")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(bench.names(in: "out/acme") == ["acme-000001.tar"])
        let again = try await bench.coldmint(
            "init", "--issuer", "https://example.com", "--no-passphrase")
        #expect(again.status == 73)
    }

    @Test func `init does not write over what the link leads to`() async throws {
        let bench = try Workbench()
        _ = try await bench.shell(
            """
            mkdir etc && echo 'issuer: https://example.org' >etc/station.yaml
            mkdir -m 700 station && ln -s ../etc/station.yaml station/station.yaml
            """)
        let made = try await bench.coldmint(
            "init", "--issuer", "https://licenses.example.com", "--no-passphrase")
        #expect(made.status == 73)
        #expect(try bench.read("etc/station.yaml") == "issuer: https://example.org\n")
    }

    @Test(.needsRoot("root runs a station of another user"))
    func `root becomes the station's user before it touches anything`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.shell("chown -R nobody:nogroup .")
        try bench.write(#"{"name":"A","customer":"acme","payload":{}}"#, to: "inbox/a.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 0, "\(run.errors)")
        let others = try await bench.shell("find station outbox ! -user nobody")
        #expect(others.output == "")
        #expect(try await bench.coldmint("audit").status == 0)
    }

    @Test(.needsRoot("another user has put a link in root's way"))
    func `root does not follow another user's link to a station`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.shell(
            """
            mkdir theirs && ln -s ../station theirs/station && mkdir theirs/inbox theirs/outbox &&
            chown -hR nobody:nogroup theirs
            """)
        try bench.write(#"{"name":"A","customer":"acme","payload":{}}"#, to: "theirs/inbox/a.json")
        let run = try await bench.coldmint("--station", "theirs/station", "run")
        #expect(run.status == 78)
        #expect(run.errors.contains("theirs/station: root does not follow another user's link"))
        #expect(try await bench.coldmint("list").output == "")
    }

    @Test(.needsRoot("root makes a station in another user's folder"))
    func `a station that root makes belongs to the user of its place`() async throws {
        let bench = try Workbench()
        _ = try await bench.shell("mkdir theirs && chown nobody:nogroup . theirs")
        let made = try await bench.coldmint(
            "--station", "theirs/station", "init", "--issuer", "https://example.com",
            "--no-passphrase")
        #expect(made.status == 0, "\(made.errors)")
        #expect(try await bench.shell("find theirs ! -user nobody").output == "")
    }

    @Test(.needsRoot("root checks a file of its own in another user's folder"))
    func `root stays root where no station is used`() async throws {
        let bench = try Workbench()
        try bench.write(#"{"name":"A","customer":"acme","payload":{}}"#, to: "a.json")
        _ = try await bench.shell("chown nobody:nogroup . && chmod 600 a.json")
        let check = try await bench.coldmint("check", "a.json")
        #expect(check.status == 0, "\(check.errors)")
    }
}
