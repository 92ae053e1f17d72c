import CalendarTime
import LicenseToken
import Signatures
import StrictJSON

extension BundleFacts {
    /// `index.html`: the customer's view of their licenses, in one file that needs no other.
    func page(_ presentation: Presentation) throws(BundleError) -> [UInt8] {
        let style = String(decoding: PackageResources.index_css, as: UTF8.self)
        let script = String(decoding: PackageResources.index_js, as: UTF8.self)
        var values = pageValues(presentation)
        values["style"] = .text(style)
        values["styleDigest"] = .text(contentDigest(of: style))
        values["script"] = .text(script)
        values["scriptDigest"] = .text(contentDigest(of: script))
        return try BundleTemplate.page.render(values)
    }

    /// All that the page says but for its style and script.
    func pageValues(_ presentation: Presentation) -> [String: TemplateValue] {
        let licenses = OrderedJSON.array(zip(shown, tokens).map(pageEntry))
        var values = commonValues(presentation)
        values["keys"] = .text(keys.json.compactText)
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

    /// As a Content-Security-Policy names a script or style (CSP 3, section 2.3.1).
    private func contentDigest(of text: String) -> String {
        "sha256-\(Base64.standard.encodeToString(SHA256Digest(of: text.utf8).bytes))"
    }
}
