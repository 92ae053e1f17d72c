import Support
import Testing

@Suite(.tags(.otherPrograms), .long) struct BundleToolsTests {
    /// The commands that README.txt gives, in a bundle as tar unpacks it.
    @Test func `sha256sum and openssl find an untouched bundle good and a changed one bad`()
        async throws
    {
        let bench = try await Workbench.withStation()
        try bench.drop(#"{"name":"Ä & ö","customer":"a","payload":{}}"#, as: "a.json")
        _ = try await bench.coldmint("run")
        try await bench.unpack("a/a-000001.tar", into: ".")
        let sums = "cd a-000001 && sha256sum -c SHA256SUMS"
        let signature = """
            cd a-000001 && openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin \
            -in SHA256SUMS -sigfile SHA256SUMS.sig
            """
        let good = try await bench.shell(sums)
        #expect(good.status == 0, "\(good.errors)")
        #expect(good.errors == "")
        #expect(good.output.split(separator: "\n").count == 11)
        #expect(try await bench.shell(signature).output.contains("Verified Successfully"))

        let fingerprint = try await bench.shell(
            "cd a-000001 && openssl pkey -pubin -in public-key.pem -outform DER | sha256sum")
        #expect(try bench.read("a-000001/README.txt").contains(fingerprint.output.prefix(64)))
        #expect(
            try await bench.coldmint("verify", "outbox/a/a-000001.tar").errors
                .contains(fingerprint.output.prefix(64)))

        _ = try await bench.shell("echo >>a-000001/README.txt")
        #expect(try await bench.shell(sums).status == 1)
        _ = try await bench.shell("echo '# more' >>a-000001/SHA256SUMS")
        #expect(try await bench.shell(signature).status != 0)
    }
}
