/// What a vendor's signatures are made for: worth nothing at another vendor's.
package enum IssuerNamespace {
    /// `coldmint-request@licenses.example.com`
    package static func ofRequests(_ issuer: String) -> String {
        "coldmint-request@\(host(of: issuer))"
    }

    /// `coldmint-bundle@licenses.example.com`
    package static func ofBundles(_ issuer: String) -> String {
        "coldmint-bundle@\(host(of: issuer))"
    }

    /// Whether its host has nothing in it that a shell would do anything with: people paste it.
    package static func isPlain(_ issuer: String) -> Bool {
        let host = host(of: issuer)
        return !host.isEmpty
            && host.utf8.allSatisfy {
                (0x61...0x7a).contains($0 | 0x20) || (0x30...0x39).contains($0)
                    || "-.[:]".utf8.contains($0)
            }
    }

    /// The host of the issuer's URL, as it is written there (RFC 3986, section 3.2.2).
    private static func host(of issuer: String) -> String {
        guard let slashes = issuer.utf8.firstRange(of: "//".utf8) else { return issuer }
        let authority = issuer.utf8[slashes.upperBound...].prefix { !"/?#".utf8.contains($0) }
        let end =
            authority.first == UInt8(ascii: "[")
            ? authority.firstIndex(of: UInt8(ascii: "]")).map(authority.index(after:))
            : authority.firstIndex(of: UInt8(ascii: ":"))
        return String(authority[..<(end ?? authority.endIndex)]) ?? issuer
    }
}
