import Bundles
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
        ("issuer: https://a\nsupportContact: \"a\\u202Eb\"", "bidirectional-override"),
        ("issuer: https://a\nbundleFiles: [README.txt]", "the files that can be chosen are"),
    ])
    func `a wrong setting is named`(text: String, expected: String) {
        let error = #expect(throws: ConfigurationError.self) { try Configuration(parsing: text) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [
        "https://a", "http://localhost:8080", "https://licenses.example.com:65535/a/b?c=d&e=*f",
        "HTTPS://Licenses.Example.com", "https://[2001:db8::1]:443/", "https://a/%3Cb%3E",
        "https://a/@b",
    ])
    func `a valid issuer is kept as it is written`(issuer: String) throws {
        #expect(try Configuration.checkedIssuer(issuer) == issuer)
        #expect(try Configuration(parsing: "issuer: \(issuer)").issuer == issuer)
    }

    @Test(arguments: [
        ("https://a/<script>", "must be a URL such as"), ("https://a/\"", "must be a URL such as"),
        ("https://a/{b}", "must be a URL such as"), ("https://a\\b", "must be a URL such as"),
        ("https://user:secret@a", "without user, password"), ("https://user@a", "without user"),
        ("https://:secret@a", "without user"), ("https://a#b", "fragment"),
        ("https://a/#", "fragment"),
        ("https://a:99999", "the port"), ("https://a:0/", "the port"),
        ("https://a:b", "must be a URL"),
        ("https://a:99999999999999999999", "the issuer"),
    ])
    func `an issuer that no token should name is refused`(issuer: String, expected: String) {
        let error = #expect(throws: ConfigurationError.self) {
            try Configuration.checkedIssuer(issuer)
        }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("secret") == false)
    }

    /// Each would otherwise be hashed as the key of a mapping, which takes time in proportion to
    /// what it stands for.
    @Test(.timeLimit(.minutes(10)), arguments: ["? *z : x", "x: *z", "? [*z] : x"])
    func `an alias that stands for more than any memory is refused at once`(use: String) {
        var yaml = "issuer: https://a\na0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            let last = "*a\(level - 1)"
            yaml += "a\(level): &a\(level) [\(last), \(last), \(last), \(last), \(last)]\n"
        }
        yaml += use.replacing("*z", with: "*a30") + "\n"
        let error = #expect(throws: ConfigurationError.self) { try Configuration(parsing: yaml) }
        #expect(error?.description.contains("anchors") == true)
    }

    @Test(arguments: [
        "&a issuer: https://a", "issuer: &a https://a", "issuer:\t&a https://a",
        "--- &a\nissuer: b",
        "issuer: !!str &a https://a", "issuer: !t\n  &a https://a", "reservedClaims: [&a b, *a]",
        "reservedClaims: [b,*a]", "reservedClaims:\n- &a b\n- *a", "- - &a b", "{\"issuer\":&a b}",
        "? &a b\n: c", "\u{feff}&a b: c", "x: 'it\n  ' \ny: *a", "issuer: https://a\r*a : b",
    ])
    func `anchors and aliases are refused wherever a value may begin`(yaml: String) {
        let error = #expect(throws: ConfigurationError.self) { try Configuration(parsing: yaml) }
        #expect(error?.description.contains("anchors") == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [
        "Example & Sons", "AT&T", "five*", "a * b", "\"A &B\"", "O'Neill &Co", "2*3 &amp; more",
    ])
    func `an ampersand or asterisk within a text is no anchor`(name: String) throws {
        let configuration = try Configuration(
            parsing: "# &not an *anchor\nissuer: https://a\nvendorName: \(name)")
        #expect(configuration.vendorName == name.replacing("\"", with: ""))
    }

    @Test func `a text of more than 64 KiB is not parsed`() {
        let yaml = "issuer: https://a\n" + String(repeating: "# x\n", count: 17_000)
        let error = #expect(throws: ConfigurationError.self) { try Configuration(parsing: yaml) }
        #expect(error?.description.contains("more than 65536 bytes") == true)
    }
}
