import CalendarTime
import Glibc
import LicenseToken
import StrictJSON
import Support
import Testing

@testable import Bundles

/// Tars that claim gigabytes and, with holes in the file, have them.
struct ClaimedSizeTests {
    @Test(arguments: [
        "README.txt", "SHA256SUMS", "SHA256SUMS.sig", "index.html", "jwks.json", "manifest.json",
        "public-key.pem", "license.jwt", "license.env", "helm-values.yaml",
        "kubernetes-secret.yaml",
    ])
    func `no file of a bundle may be gigabytes long`(name: String) throws {
        let tar = try Fixture.make().tar()
        let raw = RawTar(tar)
        let place = try #require(raw.index(of: name))
        let claimed = 8_000_000_000 / RawTar.blockByteCount * RawTar.blockByteCount
        let header = raw.entries[place].with(.size, "\(RawTar.Entry.octal(claimed, 11)) ")
        let start = raw.entries[..<place].flatMap { $0.header + $0.data } + header.header
        let rest = raw.entries[(place + 1)...].flatMap { $0.header + $0.data }
        let end = start.count + claimed + rest.count + 2 * RawTar.blockByteCount
        let record = RawTar.recordByteCount
        let file = try TemporaryFile(start)
        let size = (end + record - 1) / record * record
        try #require(ftruncate(file.descriptor, off_t(size)) == 0)
        let written = pwrite(file.descriptor, rest, rest.count, off_t(start.count + claimed))
        try #require(written == rest.count)
        let path = raw.entries[place].path.dropFirst("acme-000017/".count)
        defer { withExtendedLifetime(file) {} }
        #expect {
            try VerifiedBundle(readingFrom: file.descriptor)
        } throws: {
            "\($0)".contains("the file \(path) is larger than")
        }
    }

    /// What has to be told of each license is as long as it can be.
    @Test(.tags(.manyBundles), .long, arguments: [#"\""#, "\u{1f511}"])
    func `a bundle whose licenses all follow others is not larger than it may be`(
        character: String
    ) throws {
        var fixture = try Fixture.make(names: (1...120).map { "Acme \($0)" })
        let value = #""\#(String(repeating: character, count: 200))""#
        let payload = (0..<60).map { Succession.Claim("claim\($0)", value) }
        for place in fixture.bundle.licenses.indices {
            let license = fixture.bundle.licenses[place]
            let succession = try Succession(to: license, in: license.term, nil, payload)
            #expect(succession.changes.count == 51)
            fixture.bundle.licenses[place].succession = succession
        }
        #expect(throws: Never.self) { try fixture.tar() }
    }
}
