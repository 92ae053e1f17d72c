import Bundles
import SystemPackage
import Testing

@testable import Failures
@testable import Station

struct LogoTests {
    private static let namespace = #"xmlns="http://www.w3.org/2000/svg""#

    @Test(arguments: [
        "<svg \(namespace)/>", "<svg\n\(namespace)></svg>", "\u{feff}<svg \(namespace)/>",
        "<?xml version=\"1.0\"?>\n<!-- <html> -->\n<!DOCTYPE svg>\n<svg width='1' \(namespace)/>",
    ])
    func `a picture in SVG is known by its root`(text: String) {
        #expect(SVGText.isSVG(Array(text.utf8)))
    }

    @Test(arguments: [
        "", "<", "<svg", "<svg/>", "<svgx \(namespace)/>", "<html><svg \(namespace)/></html>",
        "<!-- <svg \(namespace)/>", "text", "<!DOCTYPE html><html/>",
        "<!DOCTYPE svg [<!ENTITY a \"aaaa\">]><svg \(namespace)/>",
        "<!DOCTYPE svg SYSTEM \"><svg \(namespace)>\" [<!ENTITY a \"aaaa\">]><svg \(namespace)/>",
    ])
    func `what is no SVG is not taken for one`(text: String) {
        #expect(!SVGText.isSVG(Array(text.utf8)))
    }

    @Test func `other encodings are not taken for a picture`() {
        #expect(!SVGText.isSVG(Array("<svg \(Self.namespace)>".utf8) + [0xff]))
    }

    @Test func `a picture is PNG or SVG, and not large`() throws {
        let png: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]
        #expect(try LogoFile.logo(of: png, at: "a.png") == VendorLogo(.png, png))
        let svg = Array("<svg \(Self.namespace)/>".utf8)
        #expect(try LogoFile.logo(of: svg, at: "a.svg") == VendorLogo(.svg, svg))
        let large = png + [UInt8](repeating: 0, count: 256 << 10)
        let cases = [(large, "larger than 256 KiB"), ([1, 2], "neither a PNG nor an SVG")]
        for (bytes, reason) in cases {
            let failure = #expect(throws: StationFailure.self) {
                try LogoFile.logo(of: bytes, at: "station/a.png")
            }
            #expect(failure?.status == .configuration)
            #expect(failure?.description.contains("station/a.png: it is \(reason)") == true)
        }
    }

    @Test(arguments: [
        "logo", "../logo.svg", "/logo.svg", ".logo.svg", "a b.png", "logo.gif", "é.svg",
    ])
    func `a picture is named as a file of the station's folder`(name: String) {
        let error = #expect(throws: ConfigurationError.self) {
            try Configuration(parsing: "issuer: https://a\nvendorLogo: \(name)")
        }
        #expect(error?.description.contains("'vendorLogo' must name a file") == true)
    }
}
