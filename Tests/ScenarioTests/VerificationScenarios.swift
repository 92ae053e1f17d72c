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

@Suite struct VerificationScenarios {
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

    /// What a thief or a bad disk may do to a bundle, as shell that makes bad.tar.
    @Test(arguments: [
        ("rm a-000001/licenses/a-*/license.jwt; tar -cf bad.tar a-000001", "is missing"),
        ("rm a-000001/SHA256SUMS.sig; tar -cf bad.tar a-000001", "SHA256SUMS.sig is missing"),
        ("echo x >>a-000001/README.txt; tar -cf bad.tar a-000001", "README.txt was changed"),
        ("echo x >a-000001/more.txt; tar -cf bad.tar a-000001", "does not belong to the bundle"),
        ("cp good.tar bad.tar; echo x >more; tar -rf bad.tar more", "outside the bundle's folder"),
        (
            "cp good.tar bad.tar; tar -rf bad.tar -P --transform 's#.*#a-000001/../x#' key.pem",
            "outside the bundle's folder"
        ),
        ("cp good.tar bad.tar; tar -rf bad.tar -P $PWD/key.pem", "outside the bundle's folder"),
        ("ln -s /etc a-000001/etc; tar -cf bad.tar a-000001", "neither a file nor a folder"),
        (
            "ln a-000001/README.txt a-000001/x; tar -cf bad.tar a-000001",
            "neither a file nor a folder"
        ),
        ("mkfifo a-000001/x; tar -cf bad.tar a-000001", "neither a file nor a folder"),
        (
            """
            cp good.tar bad.tar; /usr/bin/python3 -c '
            import tarfile
            entry = tarfile.TarInfo("a-000001/null")
            entry.type, entry.devmajor, entry.devminor = tarfile.CHRTYPE, 1, 3
            tarfile.open("bad.tar", "a").addfile(entry)'
            """, "neither a file nor a folder"
        ),
        ("cp good.tar bad.tar; tar -rf bad.tar a-000001/README.txt", "appears twice"),
        ("head -c 4000 good.tar >bad.tar", "tar"), ("head -c 5120 good.tar >bad.tar", "tar"),
        ("gzip -c good.tar >bad.tar", "compressed"), (": >bad.tar", "tar"),
        (
            "cp good.tar bad.tar; printf x | dd of=bad.tar conv=notrunc bs=1 seek=$(($(stat -c %s good.tar)-1))",
            "follows its end"
        ),
        ("head -c -1 good.tar >bad.tar", "too soon"),
        ("cat good.tar good.tar >bad.tar", "follows its end"),
        ("mkdir a-000001/more; tar --sort=name -cf bad.tar a-000001", "without a file"),
        (
            "truncate -s 30G a-000001/manifest.json; tar -S --format=gnu -cf bad.tar a-000001",
            "the entry"
        ),
        ("tar --format=gnu -V label -cf bad.tar a-000001", "not stored plainly"),
        ("mv a-000001 a-000002; tar -cf bad.tar a-000002", "different bundles"),
    ])
    func `a bundle that was tampered with is refused`(damage: String, reason: String) async throws {
        let bench = try await benchWithBundle()
        let made = try await bench.shell(damage)
        #expect(made.errors == "" || made.status == 0, "\(made.errors)")
        for arguments in [
            ["verify", "bad.tar"], ["verify", "--public-key", "key.pem", "bad.tar"],
        ] {
            let answer = try await bench.run(Workbench.binary, arguments)
            #expect(answer.status == 65)
            #expect(answer.output.contains("bad.tar: not valid: "))
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
            (head -n 1 SHA256SUMS; find . -type f ! -name 'SHA256SUMS*' -printf '%P\\n' |
                LC_ALL=C sort | xargs -d '\\n' sha256sum) >../sums
            mv ../sums SHA256SUMS
            \(Workbench.binary) --station ../station keys export --private --yes >../vendor.pem
            openssl pkeyutl -sign -inkey ../vendor.pem -rawin -in SHA256SUMS -out SHA256SUMS.sig
            find . -type d -empty -delete; cd ..; tar -cf bad.tar a-000001
            """)
        try #require(made.status == 0, "\(made.errors)")
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
            cd ..; tar -cf bad.tar a-000001
            """)
        try #require(made.status == 0, "\(made.errors)")
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
