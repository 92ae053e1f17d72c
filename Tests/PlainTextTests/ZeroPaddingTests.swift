import PlainText
import Testing

struct ZeroPaddingTests {
    @Test func `a number gets zeros up to the width and loses no digit beyond it`() {
        #expect(7.zeroPadded(to: 3) == "007")
        #expect(0.zeroPadded(to: 1) == "0")
        #expect(12345.zeroPadded(to: 3) == "12345")
        #expect(UInt32(0x2e).zeroPadded(to: 4, radix: 16, uppercase: true) == "002E")
        #expect(Int64.max.zeroPadded(to: 20) == "09223372036854775807")
    }
}
