package import CalendarTime
package import Signatures
import StrictJSON

/// What the vendor's log says of a bundle: which licenses it carries, by a digest that says nothing
/// of them to whoever does not have the bundle.
package struct BundleEntry: Sendable, Hashable {
    package static let type = "bundle"
    package static let saltByteCount = 16

    /// The time of the run.
    package let time: Timestamp
    package let run: Int64
    /// The bundle's name.
    package let bundle: String
    package let licenseCount: Int64
    /// SHA-256 over the digests of the tokens in the bundle, sorted.
    package let tokens: SHA256Digest
    /// 16 random bytes, so that the entry's hash gives nothing away.
    package let salt: [UInt8]

    package init(
        time: Timestamp, name: BundleName, tokens: some Sequence<SHA256Digest>, salt: [UInt8]
    ) {
        let sorted = tokens.sorted { $0.precedes($1) }
        var hash = SHA256()
        for digest in sorted { hash.update(digest) }
        self.time = time
        run = name.run
        bundle = name.description
        licenseCount = Int64(sorted.count)
        self.tokens = hash.finish()
        self.salt = salt
    }

    /// `nil` unless the text is an entry of this type, as `text` writes it.
    package init?(parsing text: [UInt8]) {
        // What is wrong with it is thrown away: whoever asks has no other use for the text.
        guard let document = try? JSONDocument.parse(text) else { return nil }
        let root = document.root
        guard
            let time = root.member("at")?.timestamp,
            let run = root.member("run")?.integer.flatMap({ Int64(exactly: $0) }),
            let bundle = root.member("bundle")?.string,
            let licenseCount = root.member("licenses")?.integer.flatMap({ Int64(exactly: $0) }),
            licenseCount >= 0,
            let tokens = root.member("tokens")?.string.flatMap({
                SHA256Digest(hexadecimal: Array($0.utf8))
            }),
            let salt = root.member("salt")?.string.flatMap({ Hex.decode(Array($0.utf8)) }),
            salt.count == Self.saltByteCount
        else { return nil }
        self.time = time
        self.run = run
        self.bundle = bundle
        self.licenseCount = licenseCount
        self.tokens = tokens
        self.salt = salt
        // Members that are missing here, or stand in another order, are no entry of ours.
        guard self.text == text else { return nil }
    }

    /// The bundle's name in its parts; `nil` where it is none of the run.
    package var name: BundleName? {
        let end = BundleName(customer: "", run: run).description
        guard bundle.utf8.count > end.utf8.count, bundle.hasSuffix(end) else { return nil }
        return BundleName(customer: String(bundle.dropLast(end.count)), run: run)
    }

    /// Compact JSON.
    package var text: [UInt8] {
        var json = JSONObjectText(isPretty: false)
        json.add("type", Self.type)
        json.add("at", time.description)
        json.add("run", run)
        json.add("bundle", bundle)
        json.add("licenses", licenseCount)
        json.add("tokens", tokens.description)
        json.add("salt", Hex.encode(salt))
        return json.finish().compact()
    }
}
