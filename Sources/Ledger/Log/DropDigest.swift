import CalendarTime
import LicenseToken
import Signatures
import StrictJSON

/// The digest of what a drop changes, taken while it is recorded: one over the licenses that it
/// creates, then one over what it does to any license, each a line of JSON for each of them, and
/// SHA-256 over the two.
///
/// What it delivers is not in it: that is in the entry of the bundle.
final class DropDigest {
    private var licenses = Optional(SHA256())
    private var events = Optional(SHA256())

    func add(_ license: IssuedLicense) {
        var json = JSONObjectText(isPretty: false)
        json.add("id", license.id.description)
        json.add("name", license.name)
        json.add("customer", license.customer)
        json.add("description", license.description)
        json.add("issuedAt", license.issuedAt.secondsSinceEpoch)
        json.add("notBefore", license.term.notBefore.secondsSinceEpoch)
        json.add("expiresAt", license.term.expiresAt?.secondsSinceEpoch)
        json.add("kid", license.kid.description)
        json.add("token", license.tokenDigest.description)
        add(license.term, license.origin, to: &json)
        Self.update(&licenses, json)
    }

    /// What licenses from before there were products do not have.
    private func add(_ term: LicenseTerm, _ origin: LicenseOrigin, to json: inout JSONObjectText) {
        json.add("graceDays", term.graceDays.map { Int64($0) })
        json.add("noticeDays", term.noticeDays.map { Int64($0) })
        json.add("maintainedUntil", term.maintainedUntil?.secondsSinceEpoch)
        json.add("product", origin.product?.name)
        json.add("productDigest", origin.product?.digest.description)
        json.add("plan", origin.product?.plan)
        json.add("supersedes", origin.supersedes?.description)
        json.add("requestId", origin.requestID)
    }

    /// - Parameter text: the new name or description, where it has one.
    func add(_ kind: String, of license: LicenseID, to text: String?) {
        var json = JSONObjectText(isPretty: false)
        json.add("event", kind)
        json.add("id", license.description)
        json.add("new", text)
        Self.update(&events, json)
    }

    /// The digest of all that was added; of nothing more from then on.
    func finish() -> SHA256Digest {
        var hash = SHA256()
        for part in [Self.finished(&licenses), Self.finished(&events)] { hash.update(part) }
        return hash.finish()
    }

    private static func update(_ hash: inout SHA256?, _ json: consuming JSONObjectText) {
        hash?.update(json.finish().compact() + [UInt8(ascii: "\n")])
    }

    private static func finished(_ hash: inout SHA256?) -> SHA256Digest {
        let hash = hash.take() ?? SHA256()
        return hash.finish()
    }

    /// The digest of how many people had to sign a drop, and of their signatures.
    static func signers(needed: Int64, _ signatures: [SignatureRecord]) -> SHA256Digest {
        var hash = SHA256()
        var head = JSONObjectText(isPretty: false)
        head.add("approvalsNeeded", needed)
        hash.update(head.finish().compact() + [UInt8(ascii: "\n")])
        for signature in signatures {
            var json = JSONObjectText(isPretty: false)
            json.add("signer", signature.signer)
            json.add("key", signature.key)
            json.add("digest", Hex.encode(signature.digest))
            json.add("signature", Hex.encode(signature.signature))
            hash.update(json.finish().compact() + [UInt8(ascii: "\n")])
        }
        return hash.finish()
    }
}
