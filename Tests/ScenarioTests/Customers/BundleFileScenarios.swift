import Support
import Testing

@Suite(.tags(.manyRuns), .long) struct BundleFileScenarios {
    /// The files of the first bundle, as the customer finds them.
    private static func files(
        _ request: String, settings: String = ""
    ) async throws -> (bench: Workbench, names: [String]) {
        let bench = try await Workbench.withStation()
        try bench.write(
            try bench.read("station/station.yaml") + settings, to: "station/station.yaml")
        try bench.drop(request, as: "a.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 0, "\(run.errors)")
        try await bench.unpack("a/a-000001.tar", into: ".")
        let found = try await bench.shell(
            "find a-000001 -type f -printf '%P\\n' | sed 's/-[0-9a-f]*\\//-ID\\//' | LC_ALL=C sort")
        return (bench, found.output.split(separator: "\n").map(String.init))
    }

    private static let always = [
        "README.txt", "SHA256SUMS", "SHA256SUMS.sig", "SHA256SUMS.sshsig", "checkpoint",
        "jwks.json", "manifest.json",
        "public-key.pem", "licenses.tlog-proof", "licenses/a-ID/license.jwt",
    ]

    private static let deployment = [
        "licenses/a-ID/helm-values.yaml", "licenses/a-ID/kubernetes-secret.yaml",
        "licenses/a-ID/license.env",
    ]

    @Test func `a bundle has a page, and three deployment files for each license`() async throws {
        let (bench, names) = try await Self.files(#"{"name":"A","customer":"a","payload":{}}"#)
        #expect(Set(names) == Set(Self.always + Self.deployment + ["index.html"]))
        let token = try await bench.coldmint("token", "A").output
        let environment = try await bench.shell("cat a-000001/licenses/*/license.env")
        #expect(environment.output == "LICENSE_KEY=\(token)\n")
        let values = try await bench.shell("cat a-000001/licenses/*/helm-values.yaml")
        #expect(values.output == "licenseKey: \"\(token)\"\n")
    }

    @Test(arguments: [
        ("[]", []), ("[index.html]", ["index.html"]),
        ("[license.env, helm-values.yaml]", [deployment[0], deployment[2]]),
    ])
    func `the vendor chooses which of the optional files there are`(
        setting: String, more: [String]
    ) async throws {
        let (bench, names) = try await Self.files(
            #"{"name":"A","customer":"a","payload":{}}"#, settings: "bundleFiles: \(setting)\n")
        #expect(Set(names) == Set(Self.always + more))
        let readme = try bench.read("a-000001/README.txt")
        // No instruction leads to a file that is not there.
        for name in ["index.html", "license.env", "helm-values.yaml", "kubernetes-secret.yaml"] {
            let isThere = more.contains { $0.hasSuffix(name) }
            #expect(readme.contains(name) == isThere, "\(name)")
            if more.contains("index.html"), name != "index.html" {
                #expect(try !bench.read("a-000001/index.html").contains(name))
            }
        }
        #expect(readme.contains("/license.jwt license.jwt"))
        #expect(try await bench.coldmint("verify", "outbox/a/a-000001.tar").status == 0)
    }

    @Test func `a token too long for a variable goes as a file only`() async throws {
        let long = String(repeating: "x", count: 100_000)
        let (bench, names) = try await Self.files(
            #"{"name":"A","customer":"a","payload":{"long":"\#(long)"}}"#)
        #expect(Set(names) == Set(Self.always + ["index.html"]))
        let readme = try bench.read("a-000001/README.txt")
        #expect(!readme.contains("license.env"))
        #expect(readme.contains("/license.jwt license.jwt"))
        #expect(try bench.read("a-000001/index.html").contains("and is not checked here"))
    }

    @Test func `a token as long as a variable may be is one that a program is given`() async throws
    {
        let claims = #"{"name":"A","customer":"a","payload":{"long":"""#
        let long = String(repeating: "x", count: 97_800)
        let (bench, names) = try await Self.files(
            claims.dropLast() + long + #""}}"#)
        #expect(names.contains(Self.deployment[2]))
        let given = try await bench.shell(
            "env $(cat a-000001/licenses/*/license.env) printenv LICENSE_KEY | wc -c")
        #expect(given.status == 0, "\(given.errors)")
    }

    @Test func `the vendor is named to the customer, and nowhere without the setting`() async throws
    {
        let request = #"{"name":"A","customer":"a","payload":{}}"#
        let (named, _) = try await Self.files(
            request, settings: "vendorName: Example & Sons\nsupportContact: help@example.com\n")
        let readme = try named.read("a-000001/README.txt")
        #expect(readme.hasPrefix("License keys for a from Example & Sons\n"))
        #expect(readme.contains("\nQuestions: help@example.com\n"))
        let (unnamed, _) = try await Self.files(request)
        #expect(try unnamed.read("a-000001/README.txt").hasPrefix("License keys for a\n"))
        #expect(try !unnamed.read("a-000001/index.html").contains("id=\"contact\""))
    }

    @Test func `licenses from before the vendor's URL changed are delivered as they are`()
        async throws
    {
        let bench = try await Workbench.withStation()
        try bench.drop(#"{"name":"Old","customer":"a","payload":{}}"#, as: "1.json")
        _ = try await bench.coldmint("run")
        try bench.write("issuer: https://keys.example.com\n", to: "station/station.yaml")
        try bench.drop(
            #"[{"name":"New","customer":"a","payload":{}},{"action":"deliver","customer":"a"}]"#,
            as: "2.json")
        #expect(try await bench.coldmint("run").status == 0)
        let verified = try await bench.coldmint("verify", "outbox/a/a-000002.tar")
        #expect(verified.status == 0, "\(verified.output)")
        try await bench.unpack("a/a-000002.tar", into: ".")
        let manifest = try JSONTree(try bench.read("a-000002/manifest.json"))
        #expect(manifest["issuer"].string == "https://keys.example.com")
        #expect(
            manifest["licenses"].elements.map { $0["issuer"].string } == [
                "https://licenses.example.com", nil,
            ])
    }
}
