import CalendarTime
import Testing

@testable import SSHSignatures

/// The options of a line.
struct SignersOptionTests {
    private let line: String

    init() throws {
        line = try TestKey().line
    }

    private func reasons(_ options: String) -> [AllowedSignersError.Reason] {
        SSHSignaturesTests.reasons(in: "alice \(options) \(line)\n")
    }

    private func entry(_ options: String) throws -> AllowedSigners.Entry {
        try signers("alice \(options) \(line)").entries[0]
    }

    @Test(arguments: ["cert-authority", "CERT-Authority", #"namespaces="x",cert-authority"#])
    func `certificate authorities are refused`(options: String) {
        #expect(reasons(options) == [.certificateAuthority])
    }

    @Test(arguments: [
        "no-touch-required", "namespace=\"x\"", "principals=\"x\"", "cert-authorityx", "x",
        "expiry-time=\"20270101Z\"", "ssh-ed25519,", "=",
    ])
    func `other options are refused by name`(options: String) {
        let name = options.prefix { $0 != "=" && $0 != "," }
        #expect(reasons(options) == [name.isEmpty ? .emptyOption : .unknownOption(String(name))])
    }

    @Test(arguments: ["namespaces", "valid-after", "valid-before"])
    func `an option needs a value in quotes`(name: String) {
        for options in [name, "\(name)=", "\(name)=x", "\(name),x", "\(name)=\\\"x\\\""] {
            #expect(reasons(options) == [.optionWithoutValue(name)])
        }
    }

    @Test(arguments: [
        #"namespaces="a",namespaces="b""#, #"namespaces="a",NAMESPACES="a""#,
    ])
    func `namespaces may be given once`(options: String) {
        #expect(reasons(options) == [.repeatedOption("namespaces")])
    }

    @Test(arguments: ["valid-after", "valid-before"])
    func `a time may be given once`(name: String) {
        let options = "\(name)=\"20270101Z\",\(name)=\"20270101Z\""
        #expect(reasons(options) == [.repeatedOption(name)])
    }

    @Test func `options are divided by one comma each`() {
        #expect(reasons(#"namespaces="a"valid-after="20270101Z""#) == [.textAfterOption])
        #expect(reasons(#"namespaces="a"x"#) == [.textAfterOption])
        #expect(reasons(#"namespaces="a",,valid-after="20270101Z""#) == [.emptyOption])
        #expect(reasons(#",namespaces="a""#) == [.emptyOption])
        #expect(reasons(#"namespaces="a","#) == [.emptyOption])
    }

    @Test func `blanks around commas and equals signs make no options`() {
        #expect(
            reasons(#"namespaces="a", valid-after="20270101Z""#) == [.emptyOption])
        #expect(reasons(#"namespaces= "a""#) == [.optionWithoutValue("namespaces")])
        #expect(reasons(#"namespaces ="a""#) == [.optionWithoutValue("namespaces")])
    }

    @Test(arguments: [#"namespaces="a"#, #"namespaces="a\""#, #"namespaces="a\\""#])
    func `a quotation mark that is not closed is refused`(options: String) {
        #expect(reasons(options) == [.openQuote])
    }

    @Test func `a backslash before a quotation mark keeps it in the value`() throws {
        #expect(try entry(#"namespaces="a\"b""#).namespaces == #"a"b"#)
        #expect(try entry(#"namespaces="a\b""#).namespaces == #"a\b"#)
    }

    @Test func `a blank within quotes belongs to the value, and a tab does not`() throws {
        #expect(try entry(#"namespaces="a b""#).namespaces == "a b")
        #expect(reasons("namespaces=\"a\tb\"") == [.control("U+0009")])
    }

    // MARK: - Times

    @Test(arguments: [
        ("20270131Z", "2027-01-31T00:00:00Z"), ("202701312359Z", "2027-01-31T23:59:00Z"),
        ("20270131235958Z", "2027-01-31T23:59:58Z"), ("20280229Z", "2028-02-29T00:00:00Z"),
        ("19700101000001Z", "1970-01-01T00:00:01Z"), ("99991231235959Z", "9999-12-31T23:59:59Z"),
    ])
    func `a time is in UTC`(text: String, expected: String) throws {
        let time = try Timestamp(parsing: expected)
        #expect(try entry("valid-after=\"\(text)\"").validAfter == time)
        #expect(try entry("valid-before=\"\(text)\"").validBefore == time)
    }

    @Test(arguments: [
        "", "Z", "20270131", "202701312359", "20270131235958", "20270131z", "20270131UTC",
        "20270131+0000", "2027-01-31Z", "2027013Z", "2027013100Z", "202701310000000Z", "20270229Z",
        "20270431Z", "20271301Z", "20270100Z", "202701312400Z", "202701312360Z", "20270131235960Z",
        "19691231Z", "19700101Z", "00000101Z", " 20270131Z", "20270131Z ", "2027 131Z", "+2027131Z",
        "２０２７０１３１Z", "always", "20270131ZZ",
    ])
    func `what is no time in UTC is refused`(text: String) {
        for name in ["valid-after", "valid-before"] {
            #expect(
                reasons("\(name)=\"\(text)\"") == [.noSuchTime(option: name, text)])
        }
    }

    @Test func `a key must be valid at some time`() {
        #expect(
            reasons(#"valid-after="20270101Z",valid-before="20270101Z""#) == [.validForNoTime])
        #expect(
            reasons(#"valid-before="20260101Z",valid-after="20270101Z""#) == [.validForNoTime])
        #expect(reasons(#"valid-after="20270101Z",valid-before="20270101000001Z""#) == [])
    }

    @Test func `both ends belong to the time`() throws {
        let entry = try entry(#"valid-after="20270101Z",valid-before="20270201Z""#)
        for (text, isValid) in [
            ("2026-12-31T23:59:59Z", false), ("2027-01-01", true), ("2027-01-15", true),
            ("2027-02-01", true), ("2027-02-01T00:00:01Z", false),
        ] {
            #expect(entry.isValid(at: try Timestamp(parsing: text)) == isValid, "\(text)")
        }
    }

    // MARK: - Namespaces

    @Test(arguments: ["", ",", "!a", "!a,!b", "!", ",,!"])
    func `namespaces that allow nothing are refused`(list: String) {
        #expect(reasons("namespaces=\"\(list)\"") == [.allowsNoNamespace])
    }

    @Test func `a pattern has the limit that ssh has`() {
        let limit = NamespacePatterns.maximumByteCount
        let pattern = String(repeating: "a", count: limit)
        #expect(reasons("namespaces=\"b,\(pattern)\"") == [])
        #expect(reasons("namespaces=\"b,!\(pattern)\"") == [])
        #expect(reasons("namespaces=\"b,\(pattern)a\"") == [.longPattern(limit: limit)])
    }
}
