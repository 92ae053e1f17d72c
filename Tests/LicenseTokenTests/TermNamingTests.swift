import CalendarTime
import Testing

@testable import LicenseToken

struct TermNamingTests {
    @Test(arguments: [
        ("Acme, from 2027-12-01", "Acme"), ("Acme, until 2027-12-01", "Acme"), ("Acme", "Acme"),
        ("Acme, until home", "Acme, until home"), (", until 2027-12-01", ", until 2027-12-01"),
        ("Acme, until 2027-13-01", "Acme, until 2027-13-01"),
        ("日本, from 2027-12-01", "日本"),
        ("A, from 2026-12-01, until 2027-12-01", "A, from 2026-12-01"),
    ])
    func `renewals have a name in common without the day that tells them apart`(
        name: String, common: String
    ) {
        #expect(TermNaming.commonName(of: name) == common)
    }
}
