import CalendarTime
import LicenseToken
import Signatures
import StrictJSON

extension BundleFacts {
    /// `index.html`: the customer's view of their licenses, in one file that needs no other.
    func page(_ presentation: Presentation) throws(BundleError) -> [UInt8] {
        let style = String(decoding: PackageResources.index_css, as: UTF8.self)
        let script = String(decoding: PackageResources.index_js, as: UTF8.self)
        var context = pageContext(presentation)
        context["style"] = style
        context["styleDigest"] = contentDigest(of: style)
        context["script"] = script
        context["scriptDigest"] = contentDigest(of: script)
        return try BundleTemplate.page.render(context)
    }

    /// All that the page says but for its style and script.
    func pageContext(_ presentation: Presentation) -> [String: Any] {
        let licenses = OrderedJSON.array(zip(shown, tokens).map(pageEntry))
        var context = commonContext(presentation)
        context["keys"] = keys.json.compactText
        context["licenses"] = licenses.compactText
        context["issuedOn"] = issuedAt.dateOnly
        if licenseCount > Self.pageLimit {
            context["pageLimit"] = String(Self.pageLimit)
        }
        return context
    }

    /// What the page's script is told of a license.
    private func pageEntry(_ license: Manifest.Entry, _ token: String?) -> OrderedJSON {
        var json = JSONObjectText(isPretty: false)
        json.add("id", license.id.description)
        json.add("name", license.name)
        json.add("description", license.description)
        json.add("folder", license.folder)
        json.add("notBefore", license.notBefore.secondsSinceEpoch)
        json.add("expiresAt", license.expiresAt.secondsSinceEpoch)
        json.add("token", token)
        return json.finish()
    }

    /// As a Content-Security-Policy names a script or style (CSP 3, section 2.3.1).
    private func contentDigest(of text: String) -> String {
        "sha256-\(Base64.standard.encodeToString(SHA256Digest(of: text.utf8).bytes))"
    }
}
