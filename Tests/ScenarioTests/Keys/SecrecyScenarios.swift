import Foundation
import Support
import Testing

/// Where secrets must not be found.
@Suite(.tags(.manyRuns), .long) struct SecrecyScenarios {
    private static let needlesScript = """
        import base64, sys
        text = open(sys.argv[1]).read().replace('\\n', '')
        der = base64.b64decode(text.split('-----')[2])
        seed = der[-32:]
        passphrase = sys.argv[2].encode()
        # As bytes, in hexadecimal, and in base64 whatever stands before it.
        needles = {'seed': seed, 'hex': seed.hex().encode(), 'passphrase': passphrase}
        for shift in range(3):
            whole = base64.b64encode(b'x' * shift + seed)
            needles['base64 %d' % shift] = whole[4 if shift else 0:40]
        """

    /// Prints each secret that a process holds in memory, with the flags of the mapping.
    private static let memoryScript = """
        \(needlesScript)
        pid = sys.argv[3]
        mapping, place = None, None
        memory = open('/proc/%s/mem' % pid, 'rb', 0)
        for line in open('/proc/%s/smaps' % pid):
            words = line.split()
            if '-' in words[0] and not words[0].endswith(':'):
                place = [int(end, 16) for end in words[0].split('-')]
            elif words[0] == 'VmFlags:' and 'io' not in words and 'pf' not in words:
                try:
                    memory.seek(place[0])
                    content = memory.read(place[1] - place[0])
                except (OSError, ValueError, OverflowError):
                    continue
                for name, needle in needles.items():
                    if needle in content:
                        print(name, 'guarded' if 'dd' in words and 'lo' in words else 'open')
        """

    /// Prints each file below a folder in which a secret is found.
    private static let filesScript = """
        \(needlesScript)
        import os
        count = 0
        for folder, _, names in os.walk(sys.argv[3]):
            for name in names:
                path = os.path.join(folder, name)
                if not os.path.isfile(path): continue
                count += 1
                content = open(path, 'rb').read()
                for name, needle in needles.items():
                    if needle in content: print(path, name)
        print('searched', count > 12)
        """

    private static func export(_ bench: Workbench, to file: String) async throws {
        let exported = try await bench.shell(
            """
            umask 077; \(Workbench.binary) keys export --private --yes \
                --passphrase-file passphrase >\(file)
            """)
        #expect(exported.status == 0, "\(exported.errors)")
    }

    @Test(.needsRoot("nobody else may look into a process that refuses to be dumped"))
    func `after a run a process holds its key in guarded memory and nowhere else`() async throws {
        let bench = try await Workbench.withEncryptedStation()
        try await Self.export(bench, to: "key.pem")
        let stopped = try await bench.whileRunning(
            ["watch", "--passphrase-file", "passphrase"]
        ) { watch in
            for name in ["A", "B"] {
                try bench.drop(
                    #"{"name":"\#(name)","customer":"a","payload":{}}"#, as: "\(name).json")
                try await bench.wait(for: "receipt") {
                    try bench.receipts(of: "\(name).json").count == 1
                }
            }
            let found = try await bench.run(
                "/usr/bin/python3",
                ["-c", Self.memoryScript, "key.pem", Workbench.passphrase, "\(watch.pid)"])
            #expect(found.status == 0, "\(found.errors)")
            #expect(found.output == "seed guarded\n")
            let limits = try await bench.shell("grep 'core file' /proc/\(watch.pid)/limits")
            #expect(limits.output.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"])
            try watch.terminate()
        }
        #expect(stopped.status == 0)
    }

    @Test func `nothing that a station leaves behind holds a secret`() async throws {
        let bench = try await Workbench.withEncryptedStation()
        let away = try Workbench()
        let vendor = "\(away.path)/vendor.pem"
        _ = try await bench.shell("umask 077; openssl genpkey -algorithm ed25519 -out \(vendor)")
        try await Self.export(bench, to: "\(away.path)/key.pem")
        var log = ""
        func note(_ answer: Workbench.Answer) { log += answer.output + answer.errors }
        try bench.drop(#"{"name":"A","customer":"a","payload":{"n":1}}"#, as: "a.json")
        try bench.drop("{", as: "bad.json")
        note(try await bench.unlocked("run", "--log-format", "json"))
        note(try await bench.unlocked("keys", "import", vendor))
        note(try await bench.unlocked("keys", "generate"))
        try away.writePrivately("wrong", to: "wrong")
        try bench.drop(#"{"action":"deliver","customer":"a"}"#, as: "d.json")
        note(try await bench.coldmint("run", "--passphrase-file", "\(away.path)/wrong"))
        note(try await bench.unlocked("run"))
        for command in ["list", "status", "audit"] { note(try await bench.coldmint(command)) }
        note(try await bench.coldmint("show", "A", "--json"))
        note(try await bench.coldmint("keys", "list", "--json"))
        note(try await bench.shell("\(Workbench.binary) verify outbox/*/*.tar"))
        try bench.write(log, to: "log")
        _ = try await bench.shell("rm passphrase")
        for key in ["key", "vendor"] {
            let found = try await bench.run(
                "/usr/bin/python3",
                ["-c", Self.filesScript, "\(away.path)/\(key).pem", Workbench.passphrase, "."])
            #expect(found.output == "searched True\n", "\(found.output)\(found.errors)")
        }
    }

    /// strace refuses to lock memory, as RLIMIT_MEMLOCK does to users without a privilege.
    @Test func `a private key whose memory cannot be locked is warned of once`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "1.json")
        try bench.drop(#"{"name":"B","customer":"b","payload":{}}"#, as: "2.json")
        let run = try await bench.run(
            "strace",
            [
                "-f", "-o", "trace", "-e", "inject=mlock:error=ENOMEM", Workbench.binary,
                "--station", "station", "run",
            ])
        #expect(run.status == 0)
        #expect(try bench.read("trace").contains("(INJECTED)"))
        #expect(run.errors.split(separator: "cannot be locked").count == 2)
        try bench.drop(#"{"name":"C","customer":"c","payload":{}}"#, as: "3.json")
        #expect(try await !bench.coldmint("run").errors.contains("cannot be locked"))
        let generated = try await bench.shell(
            """
            strace -f -o trace -e inject=mlock:error=ENOMEM \
                \(Workbench.binary) keys generate --yes
            """)
        #expect(generated.status == 0)
        #expect(generated.errors.split(separator: "cannot be locked").count == 2)
    }
}
