import Bundles
package import CalendarTime
import Ledger
import Signatures

/// One thing that happened to a license, as the vendor sees it.
package struct LicenseEvent: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// With the bundle's path in the outbox.
        case created(bundle: String)
        case renamed(from: String, to: String)
        /// `nil` where there was or is none.
        case described(from: String?, to: String?)
        case deleted
        /// Once more, in the bundle of this path.
        case delivered(bundle: String)
    }

    package let kind: Kind
    package let time: Timestamp
    package let run: Int64
    /// The drop's own name.
    package let file: String
    /// The drop's digest, in hexadecimal.
    package let sha256: String?
    /// `nil` where nobody had to sign.
    package let approval: RecordedApproval?
}

/// Who has signed a drop, as the ledger has it.
package struct RecordedApproval: Sendable, Equatable {
    /// The one who asked, and then those who approved.
    package let signers: [Signer]
    /// The digest of the list of signers that was in force, in hexadecimal.
    package let list: String

    /// `nil` where no list is recorded: an audit says so.
    init?(_ drop: SignedDropRecord) {
        guard let list = drop.list else { return nil }
        self.list = list.description
        signers = drop.signatures.map { Signer($0) }
    }
}

extension LicenseEvent {
    init(_ entry: LicenseEventRecord, customer: String, approval: RecordedApproval?) {
        let bundle = BundleName(customer: customer, run: entry.run).path
        let kind: Kind =
            switch entry.event {
            case .created: .created(bundle: bundle)
            case .renamed(let old, let new): .renamed(from: old, to: new)
            case .described(let old, let new): .described(from: old, to: new)
            case .deleted: .deleted
            case .delivered: .delivered(bundle: bundle)
            }
        self.init(
            kind: kind, time: entry.time, run: entry.run,
            file: originalName(ofClaim: entry.claim), sha256: entry.digest?.description,
            approval: approval)
    }
}
