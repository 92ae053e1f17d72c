import Bundling
import SystemPackage
import Testing

@testable import Station

struct ConfigurationTests {
    @Test func `the issuer is enough`() throws {
        let configuration = try Configuration(parsing: "issuer: https://licenses.example.com\n")
        #expect(configuration == Configuration(issuer: "https://licenses.example.com"))
        #expect(configuration.allReservedClaims == ["exp", "nbf", "iss", "sub", "aud", "iat"])
    }

    @Test func `every setting is read`() throws {
        let configuration = try Configuration(
            parsing: """
                issuer: https://licenses.example.com/a?b
                inbox: /srv/in
                outbox: out
                reservedClaims: [tenant, region]
                maximumDropBytes: 1000
                maximumRequestsPerDrop: 5
                settleSeconds: 3
                vendorName: Example & Sons
                supportContact: help@example.com, +49 30 1234567
                bundleFiles: [index.html, license.env]
                """)
        #expect(configuration.inbox == "/srv/in")
        #expect(configuration.outbox == "out")
        #expect(configuration.allReservedClaims.isSuperset(of: ["tenant", "region", "exp"]))
        #expect(configuration.maximumDropBytes == 1000)
        #expect(configuration.maximumRequestsPerDrop == 5)
        #expect(configuration.settleSeconds == 3)
        #expect(configuration.vendorName == "Example & Sons")
        #expect(configuration.supportContact == "help@example.com, +49 30 1234567")
        #expect(configuration.bundleFiles == [.page, .environment])
        let station = StationFolder("/srv/coldmint/station")
        #expect(station.resolve(configuration.inbox) == "/srv/in")
        #expect(station.resolve(configuration.outbox) == "/srv/coldmint/station/out")
        #expect(station.resolve("../inbox") == "/srv/coldmint/inbox")
    }

    @Test(arguments: [
        ("", "not a YAML mapping"), ("[a]", "not a YAML mapping"), ("a: [", "not YAML"),
        ("inbox: x", "'issuer' is missing"), ("issuer: ftp://x", "must be a URL"),
        ("issuer: licenses", "must be a URL"), ("issuer: https://", "must be a URL"),
        ("issuer: https://a b", "must be a URL"), ("issuer: [https://a]", "must be a text"),
        ("issuer: https://a\nisuer: b", "there is no setting 'isuer'"),
        ("issuer: https://a\nmaximumDropBytes: -1", "whole number from 1"),
        ("issuer: https://a\nmaximumDropBytes: many", "whole number from 1"),
        ("issuer: https://a\nreservedClaims: a", "must be a list"),
        ("issuer: https://a\nissuer: https://b", "issuer"),
        ("issuer: https://a\nvendorName: \"a\\nb\"", "must be one line"),
        ("issuer: https://a\nbundleFiles: [README.txt]", "the files that can be chosen are"),
    ])
    func `a wrong setting is named`(text: String, expected: String) {
        let error = #expect(throws: ConfigurationError.self) { try Configuration(parsing: text) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
    }
}
