import Foundation
import Support
import Testing

/// Passphrases, modes, exports: who gets at a private key, and who does not.
@Suite(.tags(.manyRuns), .long) struct CustodyScenarios {
    private static let order = #"{"name":"A","customer":"a","payload":{}}"#

    private static func keyFile(_ bench: Workbench) throws -> String {
        "station/keys/" + (try #require(bench.names(in: "station/keys").first))
    }

    @Test func `init encrypts the key with the full cost, and needs to be told how`() async throws {
        let bench = try Workbench()
        let untold = try await bench.coldmint("init", "--issuer", "https://l.example")
        #expect(untold.status == 64)
        #expect(untold.errors.contains("--passphrase-file"))
        try bench.writePrivately("secret\n", to: "p")
        let made = try await bench.coldmint(
            "init", "--issuer", "https://l.example", "--passphrase-file", "p")
        #expect(made.status == 0, "\(made.errors)")
        let file = try bench.read(try Self.keyFile(bench))
        #expect(file.contains("\nkdf: argon2id 3 262144 "))
        try bench.drop(Self.order, as: "a.json")
        #expect(try await bench.coldmint("run", "--passphrase-file", "p").status == 0)
    }

    @Test func `without the passphrase nothing is taken up, and an idle run needs none`()
        async throws
    {
        let bench = try await Workbench.withEncryptedStation()
        #expect(try await bench.coldmint("run").status == 0)
        try bench.drop(Self.order, as: "a.json")
        try bench.writePrivately("wrong\n", to: "wrong")
        try bench.writePrivately("\n", to: "empty")
        try bench.write("open\n", to: "open")
        let cases: [([String], Int32, String)] = [
            ([], 77, "give --passphrase-file"),
            (["--passphrase-file", "wrong"], 77, "the passphrase is wrong"),
            (["--passphrase-file", "empty"], 77, "the passphrase is empty"),
            (["--passphrase-file", "open"], 77, "chmod 600 open"),
            (["--passphrase-file", "nowhere"], 66, "nowhere"),
        ]
        for (arguments, status, hint) in cases {
            for command in ["run", "watch"] {
                let answer = try await bench.run(Workbench.binary, [command] + arguments)
                #expect(answer.status == status, "\(command) \(arguments): \(answer.errors)")
                #expect(answer.errors.contains(hint), "\(command) \(arguments): \(answer.errors)")
            }
        }
        #expect(bench.names(in: "inbox").contains("a.json"))
        #expect(try await bench.unlocked("run").status == 0)
    }

    @Test func `a passphrase comes from systemd's credential or a pipe, never from a variable`()
        async throws
    {
        let bench = try await Workbench.withEncryptedStation()
        // systemd's own mode: an access control list lets the service's user in.
        _ = try await bench.shell("mkdir c && install -m 440 passphrase c/coldmint-passphrase")
        try bench.drop(Self.order, as: "a.json")
        let run = try await bench.run(
            Workbench.binary, ["run"], environment: ["CREDENTIALS_DIRECTORY": "\(bench.path)/c"])
        #expect(run.status == 0, "\(run.errors)")
        try bench.drop(Self.order.replacing("\"A\"", with: "\"B\""), as: "b.json")
        let piped = try await bench.shell(
            "\(Workbench.binary) run --passphrase-file <(cat passphrase)")
        #expect(piped.status == 0, "\(piped.errors)")
        let generated = try await bench.shell(
            "\(Workbench.binary) keys generate --passphrase-file <(cat passphrase)")
        #expect(generated.status == 0, "\(generated.errors)")
        try bench.drop(Self.order.replacing("\"A\"", with: "\"C\""), as: "c.json")
        let variable = try await bench.run(
            Workbench.binary, ["run"],
            environment: [
                "COLDMINT_PASSPHRASE": Workbench.passphrase, "PASSPHRASE": Workbench.passphrase,
            ])
        #expect(variable.status == 77)
    }

    @Test func `a damaged key file is not taken for a wrong passphrase`() async throws {
        let bench = try await Workbench.withEncryptedStation()
        let file = try Self.keyFile(bench)
        let text = try bench.read(file)
        try bench.drop(Self.order, as: "a.json")
        try bench.writePrivately(text.replacing("public: ", with: "public:  "), to: file)
        let damaged = try await bench.unlocked("run")
        #expect(damaged.status == 77)
        #expect(damaged.errors.contains("the key file is damaged: restore it from a backup"))
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 65)
        #expect(audit.output.contains("the key file is damaged"))
        try bench.writePrivately(text, to: file)
        #expect(try await bench.coldmint("audit").status == 0)
        #expect(try await bench.unlocked("run").status == 0)
    }

    @Test func `a key file that holds another key is refused`() async throws {
        let bench = try await Workbench.withEncryptedStation()
        let other = try await Workbench.withEncryptedStation()
        try bench.writePrivately(
            try other.read(try Self.keyFile(other)), to: try Self.keyFile(bench))
        try bench.drop(Self.order, as: "a.json")
        let run = try await bench.unlocked("run")
        #expect(run.status == 77)
        #expect(run.errors.contains("holds another key than the ledger knows"))
    }

    @Test func `a passphrase is changed, set and taken away`() async throws {
        let bench = try await Workbench.withEncryptedStation()
        _ = try await bench.unlocked("keys", "generate")
        try bench.writePrivately("new\n", to: "new")
        let wrong = try await bench.coldmint(
            "keys", "passphrase", "--passphrase-file", "new", "--new-passphrase-file", "passphrase")
        #expect(wrong.status == 0, "a file under the new passphrase already is written once more")
        let changed = try await bench.unlocked(
            "keys", "passphrase", "--new-passphrase-file", "new")
        #expect(changed.status == 0, "\(changed.errors)")
        try bench.drop(Self.order, as: "a.json")
        #expect(try await bench.unlocked("run").status == 77)
        #expect(try await bench.coldmint("run", "--passphrase-file", "new").status == 0)
        let removed = try await bench.coldmint(
            "keys", "passphrase", "--passphrase-file", "new", "--no-passphrase")
        #expect(removed.status == 0, "\(removed.errors)")
        for name in bench.names(in: "station/keys") {
            #expect(try bench.read("station/keys/\(name)").hasPrefix("-----BEGIN PRIVATE KEY"))
        }
        try bench.drop(Self.order.replacing("\"A\"", with: "\"B\""), as: "b.json")
        #expect(try await bench.coldmint("run").status == 0)
    }

    @Test func `public keys are exported in the forms that libraries read`() async throws {
        let bench = try await Workbench.withEncryptedStation()
        try bench.drop(Self.order, as: "a.json")
        _ = try await bench.unlocked("run")
        let pem = try await bench.coldmint("keys", "export").output
        #expect(
            try await bench.shell("tar -xOf outbox/a/*.tar a-000001/public-key.pem").output == pem)
        let jwk = try await bench.coldmint("keys", "export", "--format", "jwk").json()
        let kid = try #require(try await bench.keys("active").first)
        #expect(jwk["kid"].string == kid)
        _ = try await bench.unlocked("keys", "generate")
        let set = try await bench.coldmint("keys", "export", "--format", "jwks").json()
        #expect(set["keys"].elements.count == 2)
        let one = try await bench.coldmint("keys", "export", "--format", "jwks", kid).json()
        #expect(one["keys"].elements.count == 1)
        #expect(one["keys"][0].canonical == jwk.canonical)
        let fingerprint = try await bench.coldmint("keys", "list", "--json").json()[0][
            "fingerprint"]
        let digest = try await bench.shell(
            "\(Workbench.binary) keys export | openssl pkey -pubin -outform DER | sha256sum")
        #expect(fingerprint.string == String(digest.output.prefix(64)))
    }

    @Test func `a private key leaves only when it is confirmed, and into no open file`()
        async throws
    {
        let bench = try await Workbench.withEncryptedStation()
        let unconfirmed = try await bench.unlocked("keys", "export", "--private")
        #expect(unconfirmed.status == 64)
        #expect(unconfirmed.output == "")
        let open = try await bench.shell(
            """
            umask 022; \(Workbench.binary) keys export --private --yes \
                --passphrase-file passphrase >open.pem
            """)
        #expect(open.status == 77)
        #expect(open.errors.contains("umask 077"))
        #expect(try bench.read("open.pem") == "")
        let closed = try await bench.shell(
            """
            umask 077; \(Workbench.binary) keys export --private --yes \
                --passphrase-file passphrase >closed.pem &&
            cmp <(openssl pkey -in closed.pem -pubout) <(\(Workbench.binary) keys export)
            """)
        #expect(closed.status == 0, "\(closed.errors)")
    }

    /// A pseudo-terminal, with lines typed as its prompts appear.
    private static func typed(
        _ bench: Workbench, _ command: String, _ lines: [(prompt: String, answer: String)]
    ) async throws -> Workbench.Answer {
        let script = """
            import os, pty, sys
            pid, terminal = pty.fork()
            if pid == 0:
                os.execv('/bin/sh', ['sh', '-c', sys.argv[1]])
            seen = b''
            pairs = list(zip(sys.argv[2::2], sys.argv[3::2]))
            while True:
                try:
                    data = os.read(terminal, 1000)
                except OSError:
                    break
                if not data:
                    break
                seen += data
                if pairs and seen.endswith(pairs[0][0].encode()):
                    os.write(terminal, pairs.pop(0)[1].encode())
                    seen += b'|'
            sys.stdout.buffer.write(seen)
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """
        return try await bench.run(
            "/usr/bin/python3",
            ["-c", script, command] + lines.flatMap { [$0.prompt, $0.answer] })
    }

    @Test func `on a terminal a passphrase is asked for without echo, twice when it is set`()
        async throws
    {
        let bench = try Workbench()
        let first = "new passphrase for the station's key: "
        let again = "the same once more: "
        let differing = try await Self.typed(
            bench, "\(Workbench.binary) init --issuer https://l.example",
            [(first, "one\n"), (again, "two\n")])
        #expect(differing.status == 77)
        #expect(differing.output.contains("the two passphrases differ"))
        #expect(bench.names(in: "station") == [])
        let made = try await Self.typed(
            bench, "\(Workbench.binary) init --issuer https://l.example",
            [(first, "hush hush\n"), (again, "hush hush\n")])
        #expect(made.status == 0, "\(made.output)")
        #expect(!made.output.contains("hush"))
        try bench.drop(Self.order, as: "a.json")
        let kid = try #require(try await bench.keys("active").first)
        let prompt = "passphrase for the key \(kid): "
        let broken = try await Self.typed(
            bench, "\(Workbench.binary) run; stty -a | grep -o ' echo '", [(prompt, "\u{3}")])
        #expect(broken.output.contains("no passphrase was typed"))
        #expect(broken.output.contains(" echo "), "the terminal echoes again")
        let run = try await Self.typed(
            bench, "\(Workbench.binary) run", [(prompt, "hush hush\n")])
        #expect(run.status == 0, "\(run.output)")
    }

    @Test func `a passphrase is changed on a terminal, and a wrong old one ends it`() async throws {
        let bench = try await Workbench.withEncryptedStation()
        let kid = try #require(try await bench.keys("active").first)
        let command = "\(Workbench.binary) keys passphrase"
        let old = "passphrase for the key \(kid): "
        let wrong = try await Self.typed(bench, command, [(old, "wrong\n")])
        #expect(wrong.status == 77)
        #expect(wrong.output.hasSuffix("the passphrase is wrong\r\n"))
        let changed = try await Self.typed(
            bench, command,
            [
                (old, "\(Workbench.passphrase)\n"),
                ("new passphrase for the station's keys: ", "new\n"),
                ("the same once more: ", "new\n"),
            ])
        #expect(changed.status == 0, "\(changed.output)")
        try bench.writePrivately("new", to: "passphrase")
        try bench.drop(Self.order, as: "a.json")
        #expect(try await bench.unlocked("run").status == 0)
    }

    @Test func `a passphrase that is not typed ends the command, however many keys there are`()
        async throws
    {
        let bench = try await Workbench.withEncryptedStation()
        _ = try await bench.unlocked("keys", "generate", "--yes")
        let kid = try #require(try await bench.keys("active").first)
        let broken = try await Self.typed(
            bench, "timeout --foreground 20 \(Workbench.binary) keys passphrase",
            [("passphrase for the key \(kid): ", "\u{3}")])
        #expect(broken.status == 77, "\(broken.output)")
        #expect(broken.output.contains("no passphrase was typed"))
    }

    @Test func `on a terminal what matters is confirmed first`() async throws {
        let bench = try await Workbench.withEncryptedStation()
        let generate = "\(Workbench.binary) keys generate --passphrase-file passphrase"
        let question = "Make a new key, to stand by? [y/N] "
        #expect(try await Self.typed(bench, generate, [(question, "n\n")]).status == 1)
        #expect(try await bench.keys("standby") == [])
        #expect(try await Self.typed(bench, generate, [(question, "y\n")]).status == 0)
        let kid = try #require(try await bench.keys("standby").first)
        let retire = "\(Workbench.binary) keys retire \(kid)"
        let warning = "Nothing but a backup brings it back. [y/N] "
        #expect(try await Self.typed(bench, retire, [(warning, "\n")]).status == 1)
        #expect(try await bench.keys("standby") == [kid])
        #expect(try await Self.typed(bench, retire + " --yes", []).status == 0)
        #expect(try await bench.keys("retired") == [kid])
    }
}
