import Foundation
import Support
import Testing

/// Follows README.txt of a bundle to each place that it leads to, with other people's tools.
@Suite(.tags(.otherPrograms), .long) struct DeliveryTests {
    private static let names = [
        "Acme production", "<script>alert(1)</script>", "$HOME ${LICENSE_KEY} $(id) `id`: #'\"\\",
        "日本", "-", String(repeating: "ẞ", count: 200),
    ]

    /// The place where the customer has unpacked a bundle with a license of this name.
    private static func unpacked(
        _ name: String
    ) async throws -> (bench: Workbench, readme: ReadmeBlocks, token: String) {
        let bench = try await Workbench.withStation()
        let quoted = String(decoding: try JSONEncoder().encode(name), as: UTF8.self)
        try bench.drop(
            #"{"name":\#(quoted),"customer":"acme","payload":{"price":"$5 # 'x'"}}"#, as: "a.json")
        _ = try await bench.coldmint("run")
        _ = try await bench.shell("cp outbox/acme/acme-000001.tar . && mkdir tools")
        let readme = try await bench.shell("tar -xOf acme-000001.tar acme-000001/README.txt")
        let token = try await bench.coldmint("token", "--", name).output
        let parsed = ReadmeBlocks(readme.output)
        let start = try #require(parsed.unpacking)
        #expect(try await bench.shell(start).status == 0)
        return (bench, parsed, token)
    }

    @Test(arguments: names)
    func `the bundle is checked as its README says`(name: String) async throws {
        let (bench, readme, _) = try await Self.unpacked(name)
        let blocks = try #require(readme.blocks["Check that nothing was changed"])
        for command in [
            blocks[0], blocks[1], blocks[0].replacing("sha256sum", with: "busybox sha256sum"),
        ] {
            let sums = try await bench.shell(command)
            #expect(sums.status == 0, "\(command): \(sums.errors)")
            #expect(sums.output.split(separator: "\n").allSatisfy { $0.hasSuffix(": OK") })
        }
        let signature = try await bench.shell(blocks[3])
        #expect(signature.status == 0, "\(signature.errors)")
        #expect(
            signature.output.hasPrefix(#"Good "coldmint-bundle@licenses.example.com" signature"#))
        let openssl = try await bench.shell(blocks[4])
        #expect(openssl.output.contains("Signature Verified Successfully"))
        let own = ["./SHA256SUMS", "./SHA256SUMS.sig", "./SHA256SUMS.sshsig"]
        #expect(try await added(blocks[5], in: bench) == own)
        _ = try await bench.shell("touch 'acme-000001/README.tx' acme-000001/licenses/.more")
        #expect(
            try await added(blocks[5], in: bench) == (["./README.tx"] + own + ["./licenses/.more"]))
        _ = try await bench.shell("echo >>acme-000001/SHA256SUMS")
        #expect(try await bench.shell(blocks[3]).status != 0)

        let trust = try #require(readme.blocks["Check that it comes from your vendor"])
        _ = try await bench.shell("mkdir KEPT && cp acme-000001/public-key.pem KEPT")
        #expect(try await bench.shell(trust[0]).status == 0)
        let fingerprint = try await bench.shell(trust[1])
        #expect(fingerprint.output.hasPrefix(trust[2].trimmingCharacters(in: .whitespaces)))
        let keys = try await bench.coldmint("keys", "list")
        #expect(keys.output.contains(trust[3].trimmingCharacters(in: .whitespaces)))
    }

    @Test func `what somebody else has signed fails, whatever key README.txt names`() async throws {
        let (bench, readme, _) = try await Self.unpacked("Acme production")
        let blocks = try #require(readme.blocks["Check that nothing was changed"])
        // The vendor's public-key.pem stays where it is; all else is the forger's.
        try await bench.shellOrThrow(
            """
            ssh-keygen -q -t ed25519 -N '' -f forger && cd acme-000001 &&
            echo LICENSE_KEY=forged | tee licenses/*/license.env >/dev/null &&
            find . -type f ! -name 'SHA256SUMS*' -printf '%P\\n' | LC_ALL=C sort |
                xargs -d '\\n' sha256sum >SHA256SUMS &&
            ssh-keygen -q -Y sign -n coldmint-bundle@licenses.example.com -f ../forger \\
                <SHA256SUMS >SHA256SUMS.sshsig
            """)
        #expect(try await bench.shell(blocks[0]).status == 0)
        for block in [blocks[3], blocks[4]] {
            #expect(try await bench.shell(block).status != 0)
        }
    }

    private func added(_ block: String, in bench: Workbench) async throws -> [String] {
        try await bench.shell(block).output.split(separator: "\n").map(String.init).sorted()
    }

    @Test(arguments: names)
    func `docker-compose passes the token on as an environment variable`(name: String) async throws
    {
        let (bench, readme, token) = try await Self.unpacked(name)
        let blocks = try #require(readme.blocks["Docker Compose: an environment variable"])
        func configuration(_ block: String) async throws -> String {
            try bench.write(
                "services:\n  application:\n    image: example\n\(block)\n",
                to: "docker-compose.yml")
            let shown = try await bench.shell("docker-compose config")
            #expect(shown.status == 0, "\(shown.errors)")
            return shown.output
        }
        func run(_ block: String) async throws {
            let answer = try await bench.shell(
                block.replacing("docker compose", with: "docker-compose")
                    .replacing("up -d", with: "config --quiet"))
            #expect(answer.status == 0, "\(answer.errors)")
        }
        let line = "      LICENSE_KEY: \(token)\n"
        try bench.write("", to: "license.env")
        #expect(try await !configuration(blocks[0]).contains("LICENSE_KEY:"))
        try await run(blocks[1])
        #expect(try await configuration(blocks[0]).contains(line))
        // In place of an older license, and behind a line without an end.
        try bench.write("LICENSE_KEY=older\nPORT=80", to: ".env")
        try await run(blocks[3])
        #expect(try await configuration(blocks[2]).contains(line))
        #expect(try bench.read(".env") == "PORT=80\nLICENSE_KEY=\(token)\n")
        // Nothing is lost where the bundle is not there.
        let failed = try await bench.shell(
            blocks[3].replacing("acme-000001", with: "elsewhere")
                .replacing("docker compose up -d", with: "true"))
        #expect(failed.errors.contains("elsewhere"))
        #expect(try bench.read(".env") == "PORT=80\nLICENSE_KEY=\(token)\n")
    }

    @Test(arguments: names)
    func `docker-compose finds the token as a secret`(name: String) async throws {
        let (bench, readme, token) = try await Self.unpacked(name)
        let blocks = try #require(readme.blocks["Docker Compose: a secret"])
        let block = blocks[0]
        let copy = try #require(blocks[1].split(separator: "\n").first)
        #expect(try await bench.shell(String(copy)).status == 0)
        let lines = block.split(separator: "\n").map { $0.dropFirst(2) }.joined(separator: "\n")
        try bench.write("version: '3.7'\n\(lines)\n", to: "docker-compose.yml")
        try bench.write(
            "version: '3.7'\nservices:\n  application:\n    image: example\n", to: "image.yml")
        let shown = try await bench.shell(
            """
            docker-compose -f docker-compose.yml -f image.yml config | /usr/bin/python3 -c '
            import sys, yaml
            shown = yaml.safe_load(sys.stdin)
            name, = shown["services"]["application"]["secrets"]
            print(open(shown["secrets"][name["source"]]["file"]).read(), end="")'
            """)
        #expect(shown.output == token, "\(shown.errors)")
    }

    @Test(arguments: names)
    func `kubectl hands the token over as a secret`(name: String) async throws {
        let (bench, readme, token) = try await Self.unpacked(name)
        let blocks = try #require(readme.blocks["Kubernetes: a secret"])
        let script = "\(Workbench.repository)/Tests/InteropTests/cluster.py"
        let apply = blocks[0].replacing("NAMESPACE", with: "licensed")
        let restart = blocks[2].replacing("NAMESPACE", with: "licensed")
            .replacing("DEPLOYMENT", with: "application")
        let applied = try await bench.shell(
            """
            /usr/bin/python3 '\(script)' tools & trap "kill $!" EXIT
            while [ ! -s tools/kubeconfig ]; do sleep 0.1; done
            export KUBECONFIG=tools/kubeconfig NAMESPACE=licensed
            kubectl() { command kubectl "$@" $more; }
            more='--validate=false'
            \(apply) --dry-run=client -o jsonpath='{.data.LICENSE_KEY}' | base64 -d
            \(apply) >&2
            more= && \(restart) >&2
            """)
        #expect(applied.output == token, "\(applied.errors)")
        try bench.write(blocks[1], to: "container.yaml")
        let referred = try await bench.shell(
            """
            /usr/bin/python3 -c '
            import base64, json, sys, yaml
            source = yaml.safe_load(open("container.yaml"))["env"][0]["valueFrom"]["secretKeyRef"]
            secret = json.load(open("tools/" + source["name"] + ".json"))
            print(source["name"])
            sys.stdout.write(base64.b64decode(secret["data"][source["key"]]).decode())'
            """)
        let lines = referred.output.split(separator: "\n", omittingEmptySubsequences: false)
        try #require(lines.count == 2, "\(referred.errors)")
        #expect(lines[0].hasPrefix("license-acme-"))
        // A DNS label (RFC 1123).
        #expect(lines[0].wholeMatch(of: /[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?/) != nil)
        #expect(lines[1] == token)
        #expect(applied.errors.contains("deployment.apps/application restarted"))
        #expect(try bench.read("tools/restarted").contains("kubectl.kubernetes.io/restartedAt"))
    }

    @Test(arguments: names)
    func `Helm renders the token into a deployment`(name: String) async throws {
        let (bench, readme, token) = try await Self.unpacked(name)
        let blocks = try #require(readme.blocks["Helm: a value"])
        #expect(blocks[0].contains(" --reuse-values "))
        let values = try #require(blocks[0].split(separator: " ").last)
        try bench.write(blocks[1], to: "deployment.yaml")
        let rendered = try await bench.run(
            "\(Workbench.repository)/.build-python/bin/python3",
            [
                "\(Workbench.repository)/Tests/InteropTests/helm.py", "deployment.yaml",
                String(values),
            ])
        #expect(rendered.output == "LICENSE_KEY \(token)\n", "\(rendered.errors)")
    }

    @Test(arguments: names)
    func `the token is put into a file`(name: String) async throws {
        let (bench, readme, token) = try await Self.unpacked(name)
        let blocks = try #require(readme.blocks["A file"])
        #expect(try await bench.shell(blocks[0]).status == 0)
        #expect(try bench.read("license.jwt") == token)
        let mount = try #require(blocks[1].firstMatch(of: /-v "\$PWD\/([^:]*):/))
        #expect(mount.output.1 == "license.jwt")
    }
}
