import CalendarTime
import LicenseToken
import Testing

@testable import LicenseRequest

/// When licenses hold, on 2027-01-15, 08:00 UTC: of no product, or of one with the term of the test.
struct TermTests {
    private static let now = "2027-01-15T08:00:00Z"

    private func read(
        _ members: String, product term: String? = nil, allowsPerpetual: Bool = false
    ) throws -> (term: LicenseTerm?, problems: [String]) {
        var products: [Product] = []
        if let term {
            let file = #"{"payload":{},"term":\#(term)}"#
            products = [try Product.parse(Array(file.utf8), named: "p", reservedClaims: [])]
        }
        let rules = RequestRules(
            reservedClaims: [], products: KnownProducts(products, isRequired: false),
            allowsPerpetual: allowsPerpetual, now: try Timestamp(parsing: Self.now))
        let product = term == nil ? "" : #""product":"p","#
        let text =
            #"{"name":"A","customer":"a",\#(product)"payload":{},\#(members)"requestId":"r"}"#
        let content = DropContent(reading: Array(text.utf8), rules: rules)
        let problems = content.ownProblems.inOrder.map {
            "\($0.code.rawValue) \($0.pointer) \($0.message)"
        }
        guard case .create(let create)? = content.requests.first?.action else {
            return (nil, problems)
        }
        return (create.term, problems)
    }

    @Test(
        arguments: [
            ("", nil, "2027-01-15T00:00:00Z", "2028-01-15T00:00:00Z"),
            ("", #"{"default":"6m"}"#, "2027-01-15T00:00:00Z", "2027-07-15T00:00:00Z"),
            (
                #""notBefore":"2027-03-31","#, #"{"default":"1m"}"#, "2027-03-31T00:00:00Z",
                "2027-04-30T00:00:00Z"
            ),
            (#""expiresAt":"2027-12-01","#, nil, "2027-01-15T00:00:00Z", "2027-12-01T00:00:00Z"),
            (
                #""expiresAt":"2027-12-01","#, #"{"endOfDay":true}"#, "2027-01-15T00:00:00Z",
                "2027-12-02T00:00:00Z"
            ),
            (
                #""expiresAt":"2027-12-01T00:00:00Z","#, #"{"endOfDay":true}"#,
                "2027-01-15T00:00:00Z", "2027-12-01T00:00:00Z"
            ),
            (
                #""expiresAt":"9999-12-31","#, #"{"endOfDay":true}"#, "2027-01-15T00:00:00Z",
                "9999-12-31T23:59:59Z"
            ),
            (
                #""expiresAt":"2030-01-15","#, #"{"maximum":"3y"}"#, "2027-01-15T00:00:00Z",
                "2030-01-15T00:00:00Z"
            ),
            (
                #""expiresAt":"2030-01-15","#, #"{"maximum":"3y","endOfDay":true}"#,
                "2027-01-15T00:00:00Z", "2030-01-16T00:00:00Z"
            ),
            (#""expiresAt":"never","#, #"{"perpetual":true}"#, "2027-01-15T00:00:00Z", nil),
            (
                #""expiresAt":"never","#, #"{"perpetual":true,"maximum":"1y","graceDays":3}"#,
                "2027-01-15T00:00:00Z", nil
            ),
        ] as [(String, String?, String, String?)])
    func `the end is the request's, or else the product's`(
        members: String, product: String?, start: String, end: String?
    ) throws {
        let read = try read(members, product: product)
        #expect(read.problems == [])
        #expect(read.term?.notBefore.description == start)
        #expect(read.term?.expiresAt?.description == end)
    }

    @Test(
        arguments: [
            (true, nil, nil), (true, "{}", nil), (false, #"{"perpetual":true}"#, nil),
            (
                false, nil,
                "this station issues no licenses without an end: give a date, or set allowPerpetual in station.yaml"
            ),
            (false, "{}", "the product 'p' is not sold without an end: give a date"),
            (
                true, #"{"perpetual":false}"#,
                "the product 'p' is not sold without an end: give a date"
            ),
            (true, #"{"maximum":"3y"}"#, "the product 'p' is not sold without an end: give a date"),
        ] as [(Bool, String?, String?)])
    func `a license has no end only where station or product allow it`(
        station: Bool, product: String?, problem: String?
    ) throws {
        let read = try read(#""expiresAt":"never","#, product: product, allowsPerpetual: station)
        #expect(
            read.problems == (problem.map { ["term-not-allowed /expiresAt \($0)"] } ?? []))
    }

    @Test(
        arguments: [
            (
                #""expiresAt":"2030-01-16","#, #"{"maximum":"3y"}"#,
                "term-not-allowed /expiresAt the product is sold for at most 3 years, here until 2030-01-15T00:00:00Z: give an earlier expiresAt"
            ),
            (
                #""expiresAt":"2030-01-16","#, #"{"maximum":"3y","endOfDay":true}"#,
                "term-not-allowed /expiresAt the product is sold for at most 3 years, here until 2030-01-16T00:00:00Z: give an earlier expiresAt"
            ),
            (
                #""graceDays":367,"#, nil,
                "invalid-value /graceDays graceDays must be a whole number of days, 0 to 366"
            ),
            (
                #""graceDays":15,"#, #"{"graceDays":14}"#,
                "term-not-allowed /graceDays the product allows at most 14 days of grace: write 14 or less"
            ),
            (
                #""noticeDays":"30","#, nil,
                "wrong-type /noticeDays noticeDays must be a whole number of days, 0 to 366"
            ),
            (
                #""noticeDays":1.5,"#, nil,
                "invalid-value /noticeDays noticeDays must be a whole number of days, 0 to 366"
            ),
            (
                #""expiresAt":"9999-12-31","graceDays":1,"#, nil,
                "invalid-date /expiresAt with 1 days of grace it ends after the year 9999: give an earlier date"
            ),
            (
                #""expiresAt":"never","graceDays":1,"#, #"{"perpetual":true}"#,
                "term-not-allowed /graceDays a license without an end has none: leave graceDays out"
            ),
            (
                #""maintainedUntil":"soon","#, nil,
                "invalid-date /maintainedUntil \(DateError.malformed)"
            ),
            (
                #""supersedes":"A","#, nil,
                "invalid-value /supersedes supersedes must be the id of a license, a UUID: 'coldmint list' shows all"
            ),
        ] as [(String, String?, String)])
    func `a term that cannot be is refused`(
        members: String, product: String?, problem: String
    ) throws {
        #expect(try read(members, product: product).problems == [problem])
    }

    @Test func `grace and notice are the request's, or else the product's`() throws {
        let product = #"{"graceDays":14,"noticeDays":30}"#
        let own = try read(#""graceDays":0,"maintainedUntil":"2029-01-01","#, product: product)
        #expect(own.term?.graceDays == 0)
        #expect(own.term?.noticeDays == 30)
        #expect(own.term?.maintainedUntil?.dateOnly == "2029-01-01")
        let standard = try #require(try read("", product: product).term)
        #expect(standard.endOfGrace?.dateOnly == "2028-01-29")
        #expect(standard.noticeFrom?.dateOnly == "2027-12-16")
    }

    @Test(
        arguments: [
            (#""graceDays":3,"payload":{"license_expires":1}"#, "/payload/license_expires"),
            (#""noticeDays":3,"payload":{"License_Notice":1}"#, "/payload/License_Notice"),
            (
                #""maintainedUntil":"2030-01-01","payload":{"license_maintained":1}"#,
                "/payload/license_maintained"
            ),
            (#""payload":{"license_expires":1,"license_notice":1,"license_maintained":1}"#, nil),
        ] as [(String, String?)])
    func `the names of the term's claims are reserved where it has them`(
        members: String, pointer: String?
    ) throws {
        let rules = RequestRules(
            reservedClaims: [], now: try Timestamp(parsing: Self.now))
        let content = DropContent(
            reading: Array(#"{"name":"A","customer":"a",\#(members)}"#.utf8), rules: rules)
        #expect(
            content.ownProblems.inOrder.map { "\($0.code.rawValue) \($0.pointer)" }
                == (pointer.map { ["reserved-claim \($0)"] } ?? []))
    }
}
