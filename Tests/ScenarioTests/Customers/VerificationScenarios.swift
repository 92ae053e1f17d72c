import Support
import Testing

/// A station with one bundle, unpacked as `a-000001`, and its public key as `key.pem`.
private func benchWithBundle() async throws -> Workbench {
    let bench = try await Workbench.withStation()
    try bench.drop(
        #"[{"name":"A","customer":"a","payload":{}},{"name":"B","customer":"a","payload":{}}]"#,
        as: "a.json")
    _ = try await bench.coldmint("run")
    try await bench.unpack("a/a-000001.tar", into: ".")
    _ = try await bench.shell(
        "cp a-000001/public-key.pem key.pem && cp outbox/a/a-000001.tar good.tar")
    return bench
}

@Suite(.tags(.manyRuns), .long) struct VerificationScenarios {
    @Test func `a bundle is sound with the vendor's key, and with its own under reserve`()
        async throws
    {
        let bench = try await benchWithBundle()
        let trusted = try await bench.coldmint("verify", "good.tar", "--public-key", "key.pem")
        #expect(trusted.status == 0)
        #expect(trusted.errors == "")
        #expect(trusted.output.contains("bundle a-000001 for a"))
        let untrusted = try await bench.coldmint("verify", "good.tar")
        #expect(untrusted.status == 0)
        #expect(untrusted.errors.contains("compare it with the vendor's"))
        let json = try await bench.coldmint("verify", "--json", "good.tar").json()[0]
        #expect(json["valid"].bool == true)
        #expect(json["trusted"].bool == false)
        #expect(json["licenses"].elements.compactMap { $0["name"].string } == ["A", "B"])
        for pipe in ["cat good.tar | coldmint verify -", "coldmint verify <(cat good.tar)"] {
            let line = pipe.replacing("coldmint", with: Workbench.binary)
            #expect(try await bench.shell(line).status == 0)
        }
    }

    /// What a thief or a bad disk may do to the files of a bundle, as shell.
    @Test(arguments: [
        ("rm licenses/a-*/license.jwt", "is missing"),
        ("rm SHA256SUMS.sig", "SHA256SUMS.sig is missing"),
        ("rm SHA256SUMS.sshsig", "SHA256SUMS.sshsig is missing"),
        ("sed -i '2s/A/B/' SHA256SUMS.sshsig", "SHA256SUMS.sshsig has not the form"),
        ("echo x >>README.txt", "README.txt was changed"),
        ("echo x >>licenses/a-*/license.env", "license.env was changed"),
        ("echo x >more.txt", "does not belong to the bundle"),
        ("echo x >licenses/more.txt", "does not belong to the bundle"),
        ("mkdir more", "without a file"),
        ("mkdir licenses/more", "without a file"),
        ("truncate -s 4M README.txt", "README.txt is larger than the 1179648 bytes"),
    ])
    func `a bundle whose files were tampered with is refused`(
        damage: String, reason: String
    ) async throws {
        let bench = try await benchWithBundle()
        let made = try await bench.shell("cd a-000001 && \(damage)")
        try #require(made.status == 0, "\(made.errors)")
        try bench.pack("a-000001", as: "bad.tar", like: "good.tar")
        try await Self.expectRefusal(of: "bad.tar", in: bench, reason)
    }

    @Test func `a bundle packed under another name is refused`() async throws {
        let bench = try await benchWithBundle()
        _ = try await bench.shell("mv a-000001 a-000002")
        try bench.pack("a-000002", as: "bad.tar", like: "good.tar")
        try await Self.expectRefusal(of: "bad.tar", in: bench, "different bundles")
    }

    /// What other programs, or a bad disk, make of a bundle, as shell that makes bad.tar.
    @Test(arguments: [
        ("tar -cf bad.tar a-000001", "no ustar header"),
        ("tar --format=ustar -cf bad.tar a-000001", "than coldmint writes"),
        ("tar --format=pax -cf bad.tar a-000001", "neither a file nor a folder"),
        ("bsdtar --format=ustar -cf bad.tar a-000001", "than coldmint writes"),
        ("cp good.tar bad.tar; echo x >more; tar -rf bad.tar more", "than coldmint writes"),
        ("ln -s /etc a-000001/etc; tar --format=ustar -cf bad.tar a-000001/etc", "neither a file"),
        ("mkfifo a-000001/x; tar --format=ustar -cf bad.tar a-000001/x", "neither a file"),
        ("tar --format=gnu -V label -cf bad.tar a-000001", "no ustar header"),
        (
            "truncate -s 30G a-000001/manifest.json; tar -S --format=gnu -cf bad.tar a-000001",
            "no ustar header"
        ),
        ("head -c 4000 good.tar >bad.tar", "tar"), ("head -c 5120 good.tar >bad.tar", "tar"),
        ("gzip -c good.tar >bad.tar", "compressed"), (": >bad.tar", "tar"),
        (
            "cp good.tar bad.tar; printf x | dd of=bad.tar conv=notrunc bs=1 seek=$(($(stat -c %s good.tar)-1))",
            "follows its end"
        ),
        ("head -c -1 good.tar >bad.tar", "too soon"),
        ("cat good.tar good.tar >bad.tar", "follows its end"),
        ("cp good.tar bad.tar; truncate -s +8G bad.tar", "follows its end"),
    ])
    func `a tar that coldmint has not written is refused`(
        damage: String, reason: String
    ) async throws {
        let bench = try await benchWithBundle()
        let made = try await bench.shell(damage)
        #expect(made.errors == "" || made.status == 0, "\(made.errors)")
        try await Self.expectRefusal(of: "bad.tar", in: bench, reason)
    }

    /// Eight gigabytes that take no room, in the place of a file that a check keeps in memory.
    @Test(arguments: ["manifest.json", "SHA256SUMS", "license.jwt", "index.html"])
    func `a header that claims gigabytes does not take memory`(name: String) async throws {
        let bench = try await benchWithBundle()
        let count = 8_000_000_000
        var raw = RawTar(try bench.readBytes("good.tar"))
        let place = try #require(raw.index(of: name))
        let claim = raw.entries[place].with(.size, "\(RawTar.Entry.octal(count, 11)) ")
        raw.entries[place].header = claim.header
        raw.entries[place].data = []
        raw.entries.removeLast(raw.entries.count - place - 1)
        try bench.write(raw.bytes, to: "bad.tar")
        _ = try await bench.shell("truncate -s 9G bad.tar")
        let answer = try await bench.shell(
            "ulimit -v 2000000; \(Workbench.binary) verify bad.tar")
        #expect(answer.status == 65, "\(answer.errors)")
        #expect(answer.output.contains("bad.tar: not valid: "))
    }

    private static func expectRefusal(
        of file: String, in bench: Workbench, _ reason: String
    ) async throws {
        for arguments in [["verify", file], ["verify", "--public-key", "key.pem", file]] {
            let answer = try await bench.run(Workbench.binary, arguments)
            #expect(answer.status == 65)
            #expect(answer.output.contains("\(file): not valid: "))
            #expect(answer.output.contains(reason), "\(answer.output)")
        }
    }

    /// What a bundle may say that its checksums and their signature bear out, as shell; the folder
    /// is the bundle's, `foreign.jwt` a token of another vendor.
    @Test(arguments: [
        (":", ""),
        ("cp ../foreign.jwt licenses/a-*/license.jwt", "was signed by the key"),
        ("cp licenses/b-*/license.jwt licenses/a-*/license.jwt", "another id than its token"),
        ("sed -i '2,7d' jwks.json; sed -i 's/: \\[$/: []/' jwks.json", "jwks.json"),
        (
            "sed -i '/\"kid\"/ { s/: \"A/: \"B/; t; s/: \"./: \"A/ }' jwks.json",
            "jwks.json has not the form"
        ),
        ("sed -i 's/\"a-000001\"/\"a-000002\"/' manifest.json", "different bundles"),
        ("rm -r licenses/a-*", "is missing"),
        ("cp -r licenses/a-* licenses/c; rm licenses/a-*/*.*", "is missing"),
        ("cp -r licenses/a-* licenses/c", "does not list each token once"),
        ("echo '[]' >manifest.json", "manifest.json has not the form"),
        ("sed -i 's#https://licenses#https://licences#' manifest.json", "issued by"),
        ("sed -i '/expiresAt/ s/T00:00:00Z/T01:00:00Z/' manifest.json", "another term"),
        ("sed -i 's/ \"A\"/ \"C\"/' manifest.json", "README.txt does not say"),
        ("sed -i 's/T00:00:00Z$/T01:00:00Z/' README.txt", "README.txt does not say"),
        ("sed -i 's/&quot;A&quot;/&quot;C&quot;/' index.html", "index.html does not say"),
        ("sed -i 's/^A license key is not/A license is not/' README.txt", ""),
        ("cp licenses/b-*/license.env licenses/a-*/license.env", "for its token"),
    ])
    func `a bundle that contradicts itself is refused, though the vendor's key has signed it`(
        change: String, reason: String
    ) async throws {
        let bench = try await benchWithBundle()
        let other = try await benchWithBundle()
        _ = try await bench.shell(
            "cp '\(other.path)'/a-000001/licenses/a-*/license.jwt foreign.jwt")
        let made = try await bench.shell(
            """
            set -e; umask 077; cd a-000001; \(change)
            find . -type f ! -name 'SHA256SUMS*' -printf '%P\\n' | LC_ALL=C sort |
                xargs -d '\\n' sha256sum >../sums
            mv ../sums SHA256SUMS
            \(Workbench.binary) --station ../station keys export --private --yes >../vendor.pem
            openssl pkeyutl -sign -inkey ../vendor.pem -rawin -in SHA256SUMS -out SHA256SUMS.sig
            /usr/bin/python3 -c 'if True:
                from cryptography.hazmat.primitives.serialization import *
                key = load_pem_private_key(open("../vendor.pem", "rb").read(), None)
                form = (Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
                open("../vendor.ssh", "wb").write(key.private_bytes(*form))'
            ssh-keygen -q -Y sign -n coldmint-bundle@licenses.example.com -f ../vendor.ssh \\
                <SHA256SUMS >SHA256SUMS.sshsig
            find . -type d -empty -delete
            """)
        try #require(made.status == 0, "\(made.errors)")
        try bench.pack("a-000001", as: "bad.tar", like: "good.tar")
        withExtendedLifetime(other) {}
        let answer = try await bench.coldmint("verify", "--public-key", "key.pem", "bad.tar")
        #expect(answer.status == (reason.isEmpty ? 0 : 65), "\(answer.output)")
        #expect(reason.isEmpty || answer.output.contains(reason), "\(answer.output)")
    }

    @Test func `checksums that another key has signed are refused`() async throws {
        let bench = try await benchWithBundle()
        let other = try await benchWithBundle()
        let made = try await bench.shell(
            """
            set -e; umask 077
            \(Workbench.binary) --station '\(other.path)/station' keys export --private --yes >other.pem
            cd a-000001
            openssl pkeyutl -sign -inkey ../other.pem -rawin -in SHA256SUMS -out SHA256SUMS.sig
            """)
        try #require(made.status == 0, "\(made.errors)")
        try bench.pack("a-000001", as: "bad.tar", like: "good.tar")
        withExtendedLifetime(other) {}
        for arguments in [
            ["verify", "bad.tar"], ["verify", "--public-key", "key.pem", "bad.tar"],
        ] {
            let answer = try await bench.run(Workbench.binary, arguments)
            #expect(answer.status == 65)
            #expect(answer.output.contains("not a signature of SHA256SUMS by the key"))
        }
    }

    @Test func `a bundle that somebody else signed anew is refused by the vendor's key`()
        async throws
    {
        let bench = try await benchWithBundle()
        let other = try await benchWithBundle()
        _ = try await bench.shell("cp '\(other.path)/good.tar' bad.tar")
        let answer = try await bench.coldmint("verify", "--public-key", "key.pem", "bad.tar")
        #expect(answer.status == 65)
        #expect(answer.output.contains("signed by another key"))
    }

    @Test func `a file that is not there does not keep the others from their verdict`()
        async throws
    {
        let bench = try await benchWithBundle()
        let answer = try await bench.coldmint("verify", "nowhere.tar", "good.tar")
        #expect(answer.status == 66)
        #expect(answer.errors.contains("nowhere.tar"))
        #expect(answer.output.contains("good.tar: bundle a-000001"))
    }

    @Test func `tokens are checked against the vendor's key, term and all`() async throws {
        let bench = try await benchWithBundle()
        try bench.drop(
            #"{"name":"Later","customer":"a","notBefore":"2090-01-01","expiresAt":"2091-01-01","payload":{}}"#,
            as: "later.json")
        _ = try await bench.coldmint("run")
        for (name, status, word) in [
            ("A", Int32(0), "is valid until"), ("Later", 65, "valid only from 2090-01-01"),
        ] {
            _ = try await bench.shell("\(Workbench.binary) token \(name) >token.jwt")
            let answer = try await bench.coldmint("verify", "--public-key", "key.pem", "token.jwt")
            #expect(answer.status == status)
            #expect(answer.output.contains(word))
        }
        let without = try await bench.coldmint("verify", "token.jwt")
        #expect(without.status == 64)
        #expect(without.errors.contains("--public-key"))
        _ = try await bench.shell("sed -i 's/^e/f/' token.jwt")
        #expect(
            try await bench.coldmint("verify", "--public-key", "key.pem", "token.jwt").status == 65)
    }
}
