import CalendarTime
import LicenseToken
import Signatures
import StrictJSON

extension BundleFacts {
    /// `index.html`: the customer's view of their licenses, in one file that needs no other.
    func page(_ presentation: Presentation) throws(BundleError) -> [UInt8] {
        let resources = PageResources.shared
        var values = pageValues(presentation)
        values["style"] = .text(resources.style)
        values["styleDigest"] = .text(resources.styleDigest)
        values["script"] = .text(resources.script)
        values["scriptDigest"] = .text(resources.scriptDigest)
        values["texts"] = .text(resources.texts)
        if let logo = presentation.vendorLogo {
            values["logo"] = .text(logo.dataURL)
            values["logoText"] = .text(presentation.vendorName ?? issuer)
        }
        return try BundleTemplate.page.render(values)
    }

    /// All that the page says of the bundle: not what its look and its words are, which a vendor may
    /// change.
    func pageValues(_ presentation: Presentation) -> [String: TemplateValue] {
        let licenses = OrderedJSON.array(zip(shown, tokens).map(pageEntry))
        var values = commonValues(presentation)
        values["keys"] = .text(keys.json.compactText)
        values["keyList"] = .list(keyEntries())
        values["licenses"] = .text(licenses.compactText)
        values["issuedOn"] = .text(issuedAt.dateOnly)
        if licenseCount > Self.pageLimit {
            values["pageLimit"] = .text(String(Self.pageLimit))
        }
        return values
    }

    /// What the page's script is told of a license.
    private func pageEntry(_ license: Manifest.Entry, _ token: String?) -> OrderedJSON {
        var json = JSONObjectText(isPretty: false)
        json.add("id", license.id.description)
        json.add("name", license.name)
        json.add("description", license.description)
        json.add("folder", license.folder)
        json.add("secret", license.secretName?.description)
        let term = license.term
        json.add("notBefore", term.notBefore.secondsSinceEpoch)
        json.add("expiresAt", term.expiresAt?.secondsSinceEpoch)
        if term.graceDays != nil { json.add("graceEnds", term.endOfGrace?.secondsSinceEpoch) }
        json.add("noticeFrom", term.noticeFrom?.secondsSinceEpoch)
        json.add("maintainedUntil", term.maintainedUntil?.secondsSinceEpoch)
        if let succession = license.succession {
            json.add("supersedes", succession.predecessor.description)
            json.add("changes", .array(succession.changes.map { .string($0) }))
        }
        json.add("token", token)
        return json.finish()
    }

    /// Each key with its fingerprint, and how many of the licenses that are shown it has signed.
    private func keyEntries() -> [[String: String]] {
        var counts: [KeyID: Int] = [:]
        for license in shown { counts[license.kid, default: 0] += 1 }
        return keys.keys.map { key in
            let fingerprint = PublicKeyPEM.fingerprint(key.key)
            return [
                "kid": key.keyID.description, "signed": String(counts[key.keyID] ?? 0),
                "keyFingerprint": fingerprint.description,
                "keySpoken": SpokenFingerprint.text(of: fingerprint),
            ]
        }
    }
}
