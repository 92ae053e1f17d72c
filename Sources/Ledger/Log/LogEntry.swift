package import CalendarTime
import LicenseToken
package import Signatures
import StrictJSON

/// The texts of the log's entries, but for those of bundles: compact JSON with members in a fixed
/// order, so that they can be made again from the records that they speak of.
package enum LogEntry {
    /// A drop that was accepted.
    package static let dropType = "drop"
    /// What was done with a key.
    package static let keyType = "key"
    /// What holds for the whole station.
    package static let policyType = "policy"

    /// - Parameters:
    ///   - changes: the digest of what the drop changed.
    ///   - signers: that of its signatures; `nil` where nobody had to sign.
    static func drop(
        in run: RunRecord, digest: SHA256Digest, changes: SHA256Digest, signers: SHA256Digest?
    ) -> String {
        var json = head(dropType, at: run.startedAt, run: run.number)
        json.add("sha256", digest.description)
        json.add("outcome", DropOutcome.accepted.rawValue)
        json.add("changes", changes.description)
        json.add("signers", signers?.description)
        return json.finish().compactText
    }

    static func key(_ event: KeyEventRecord) -> String {
        var json = head(keyType, at: event.time)
        json.add("kid", event.kid.description)
        json.add("event", event.kind.rawValue)
        return json.finish().compactText
    }

    static func policy(_ policy: RunPolicy, in run: RunRecord) -> String {
        var json = head(policyType, at: run.startedAt, run: run.number)
        json.add("what", policy.name)
        json.add("digest", policy.digest?.description)
        json.add("reason", policy.reason)
        return json.finish().compactText
    }

    static func policy(_ event: StationEventRecord) -> String {
        var json = head(policyType, at: event.time)
        json.add("what", event.kind.rawValue)
        json.add("reason", event.reason)
        return json.finish().compactText
    }

    private static func head(
        _ type: String, at time: Timestamp, run: Int64? = nil
    ) -> JSONObjectText {
        var json = JSONObjectText(isPretty: false)
        json.add("type", type)
        json.add("at", time.description)
        if let run { json.add("run", run) }
        return json
    }
}

/// What a run does otherwise than the one before it.
package enum RunPolicy: Sendable, Hashable {
    /// Tokens name this vendor.
    case issuer(String)
    /// The digest of the list of signers; `nil` where nobody has to sign any more.
    case signers(SHA256Digest?)
    /// The digest of the products that may be sold; `nil` where there are none any more.
    case products(SHA256Digest?)
    /// The run went on although its clock lay before this time, the ledger's newest.
    case acceptedClock(before: Timestamp)

    var name: String {
        switch self {
        case .issuer: "issuer"
        case .signers: "signers"
        case .products: "product"
        case .acceptedClock: "clock-accepted"
        }
    }

    var digest: SHA256Digest? {
        switch self {
        case .issuer(let issuer): SHA256Digest(of: issuer.utf8)
        case .signers(let list): list
        case .products(let catalog): catalog
        case .acceptedClock: nil
        }
    }

    var reason: String? {
        switch self {
        case .issuer: nil
        case .signers(let list): list == nil ? "nobody has to sign" : nil
        case .products(let catalog): catalog == nil ? "there are no products" : nil
        case .acceptedClock(let newest): "the ledger's newest time was \(newest)"
        }
    }
}
