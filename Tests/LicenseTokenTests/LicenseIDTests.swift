import Testing

@testable import LicenseToken

struct LicenseIDTests {
    /// RFC 9562, appendix A.6.
    @Test func `an id is the UUID of version 7 of its time and randomness`() {
        let random: [UInt8] = [0xcc, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]
        let id = LicenseID(milliseconds: 0x017F_22E2_79B0, random: random)
        #expect(id?.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
        #expect(id?.shortForm == "dc0c0c07398f")
    }

    @Test func `ids sort by time`() throws {
        let random = [UInt8](repeating: 0xff, count: 10)
        let early = try #require(LicenseID(milliseconds: 1, random: random))
        let late = try #require(LicenseID(milliseconds: 2, random: random.map { _ in 0 }))
        #expect(early.description < late.description)
    }

    @Test(arguments: [
        "", "017f22e2", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e279b07cc398c4dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2-79b0-7cc3-98c4--c0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398\u{1f}", "017f22e2-79b0-7cc3-98c4-dc0c0c07398\u{10}",
    ])
    func `what is no UUID is refused`(text: String) {
        #expect(LicenseID(text) == nil)
    }

    @Test func `upper case is read as lower case`() {
        #expect(
            LicenseID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")?.description
                == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    }
}
