import CalendarTime
import LicenseToken
import Signatures
import StrictJSON
import Testing

@testable import LicenseRequest

/// What a test says exists.
private struct Lookup: LicenseLookup {
    /// Names by the last digit of the id; all of the customer `a`.
    let names: [Int: String]
    var deleted: Set<Int> = []
    /// Licenses by those that they follow.
    var successors: [Int: Int] = [:]

    func license(_ id: LicenseID) -> LookupResult {
        guard
            let digit = id.description.last?.wholeNumberValue, let name = names[digit],
            let time = Timestamp(secondsSinceEpoch: 1),
            let key = VerificationKey(bytes: [UInt8](repeating: 1, count: 32))
        else { return .nothing }
        let license = IssuedLicense(
            id: id, name: name, customer: "a", description: nil, issuer: "https://a.example",
            issuedAt: time, term: LicenseTerm(notBefore: time, expiresAt: time),
            kid: KeyID(of: key), token: "", tokenDigest: SHA256Digest(of: []))
        return deleted.contains(digit) ? .deleted(license) : .live(license)
    }

    func liveLicense(named name: String) -> LicenseID? {
        names.first { $0.value.utf8.elementsEqual(name.utf8) && !deleted.contains($0.key) }
            .flatMap { LicenseID(id($0.key)) }
    }

    func isNew(customer: String) -> Bool? { customer != "a" }

    func successors(of id: LicenseID) -> [Successor] {
        guard let digit = id.description.last?.wholeNumberValue, let next = successors[digit],
            let successor = LicenseID(LicenseRequestTests.id(next))
        else { return [] }
        return [Successor(id: successor, isLive: !deleted.contains(next))]
            + successors(of: successor)
    }

    func liveLicenseCount(of customer: String) -> Int? {
        customer == "a" ? names.keys.filter { !deleted.contains($0) }.count : 0
    }
}

private func id(_ digit: Int) -> String { "0192e4a0-0000-7000-8000-00000000000\(digit)" }

private func create(_ name: String) -> String {
    #"{"name":"\#(name)","customer":"c","payload":{}}"#
}

private func follow(_ digit: Int, by name: String, of customer: String = "a") -> String {
    #"{"name":"\#(name)","customer":"\#(customer)","supersedes":"\#(id(digit))","payload":{}}"#
}

private func rename(_ digit: Int, _ name: String) -> String {
    #"{"action":"update","license":"\#(id(digit))","name":"\#(name)"}"#
}

private func delete(_ digit: Int, _ name: String) -> String {
    #"{"action":"delete","license":"\#(id(digit))","name":"\#(name)"}"#
}

private func deliver(_ customer: String) -> String {
    #"{"action":"deliver","customer":"\#(customer)"}"#
}

private func content(_ requests: [String]) throws -> DropContent {
    DropContent(
        reading: Array("[\(requests.joined(separator: ","))]".utf8),
        rules: RequestRules(
            reservedClaims: [], now: try Timestamp(parsing: "2026-11-23T10:00:00Z")))
}

private func codes(_ problems: [Problem]) -> [String] {
    problems.map { "\($0.code.rawValue) \($0.pointer)" }
}

/// In all of these, license 1 is called A, 2 is called B, and 3, called C, was deleted.
struct DropSimulationTests {
    private static let lookup = Lookup(names: [1: "A", 2: "B", 3: "C"], deleted: [3])

    @Test(arguments: [
        ([create("A")], ["name-taken /0/name"]),
        ([create("C"), create("C")], ["name-taken /1/name"]),
        ([create("D"), rename(1, "D")], ["name-taken /1/name"]),
        ([rename(1, "B")], ["name-taken /0/name"]),
        ([rename(1, "A")], []),
        ([rename(1, "D"), create("A"), create("D")], ["name-taken /2/name"]),
        ([rename(1, "D"), rename(2, "A"), rename(1, "B")], []),
        ([delete(1, "A"), create("A"), create("A")], ["name-taken /2/name"]),
        ([create("A"), delete(1, "A")], ["name-taken /0/name"]),
        ([delete(1, "B")], ["name-mismatch /0/name"]),
        ([rename(1, "D"), delete(1, "A")], ["name-mismatch /1/name"]),
        ([rename(1, "D"), delete(1, "D"), create("D")], []),
        ([delete(1, "A"), delete(1, "A")], ["no-such-license /1/license"]),
        ([delete(1, "A"), rename(1, "D")], ["no-such-license /1/license"]),
        ([rename(3, "D")], ["no-such-license /0/license"]),
        ([delete(3, "C")], ["no-such-license /0/license"]),
        ([rename(9, "D")], ["no-such-license /0/license"]),
        ([deliver("a"), deliver("z")], ["no-such-license /1/customer"]),
        ([delete(1, "A"), deliver("a")], []),
        ([delete(1, "A"), delete(2, "B"), deliver("a")], ["no-such-license /2/customer"]),
        ([deliver("c"), create("D")], ["no-such-license /0/customer"]),
        ([create("D"), deliver("c")], []),
    ])
    func `requests meet what exists as those before them leave it`(
        requests: [String], expected: [String]
    ) throws {
        #expect(codes(try content(requests).problems(against: Self.lookup)) == expected)
    }

    @Test(arguments: [
        ([create("A"), delete(1, "B"), rename(9, "D"), deliver("z")], []),
        ([create("D"), create("D")], ["name-taken /1/name"]),
        ([create("D"), rename(1, "D")], ["name-taken /1/name"]),
        ([rename(1, "D"), create("D")], ["name-taken /1/name"]),
        ([rename(1, "D"), rename(1, "E"), create("D")], []),
        ([rename(1, "D"), delete(1, "A")], ["name-mismatch /1/name"]),
        ([delete(1, "A"), rename(1, "D")], ["no-such-license /1/license"]),
        ([delete(1, "A"), create("A")], []),
        ([create("A"), delete(1, "A"), create("A")], ["name-taken /2/name"]),
    ])
    func `without a lookup only what the drop itself says is held against it`(
        requests: [String], expected: [String]
    ) throws {
        #expect(
            codes(try content(requests).problems(against: UnknownLicenses<Never>())) == expected)
    }

    @Test(arguments: [
        ([follow(1, by: "D")], []),
        ([follow(3, by: "D")], []),
        ([follow(1, by: "D", of: "b")], ["not-superseded /0/supersedes"]),
        ([follow(9, by: "D")], ["no-such-license /0/supersedes"]),
        ([follow(2, by: "D")], ["not-superseded /0/supersedes"]),
        ([delete(1, "A"), follow(2, by: "D")], []),
        ([follow(1, by: "D"), follow(1, by: "E")], ["not-superseded /1/supersedes"]),
        // 3 followed 4 and was deleted.
        ([follow(4, by: "D")], []),
        ([follow(3, by: "D"), follow(4, by: "E")], ["not-superseded /1/supersedes"]),
        (
            [follow(1, by: "D"), delete(1, "A"), follow(2, by: "E")],
            ["not-superseded /2/supersedes"]
        ),
        ([follow(5, by: "E")], ["not-superseded /0/supersedes"]),
    ])
    func `a license has one successor, of the same customer`(
        requests: [String], expected: [String]
    ) throws {
        let lookup = Lookup(
            names: [1: "A", 2: "B", 3: "C", 4: "F", 5: "G", 6: "H", 7: "I"], deleted: [3, 6],
            successors: [2: 1, 4: 3, 5: 6, 6: 7])
        #expect(codes(try content(requests).problems(against: lookup)) == expected)
    }

    @Test func `names that Unicode calls equivalent are two names`() throws {
        let requests = [create("\u{e9}"), create("e\u{301}")]
        #expect(codes(try content(requests).problems(against: Self.lookup)) == [])
    }

    @Test func `after an unreadable request that might free a name nothing is guessed`() throws {
        let faulty = #"{"action":"delete","license":"\#(id(1))","name":"A","seats":1}"#
        #expect(
            codes(try content([create("B"), faulty, create("A")]).problems(against: Self.lookup))
                == ["name-taken /0/name", "unknown-member /1/seats"])
        let harmless = #"{"name":"Z","customer":"c","payload":{},"seats":1}"#
        #expect(
            codes(try content([harmless, create("A")]).problems(against: Self.lookup))
                == ["unknown-member /0/seats", "name-taken /1/name"])
    }

    @Test func `an update is answered with the license as it will be`() throws {
        let content = try content([rename(1, "D"), create("A"), delete(1, "D")])
        var simulation = DropSimulation(of: content, against: Self.lookup)
        let subjects = content.requests.map { request in
            if case .allowed(let subject) = simulation.apply(request) { subject?.name } else { "" }
        }
        #expect(subjects == ["D", nil, "D"])
    }
}
