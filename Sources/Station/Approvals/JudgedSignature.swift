import CalendarTime
import DurableFiles
import SSHSignatures
import Spool

/// A signature's file, held against a drop.
struct JudgedSignature: Sendable {
    enum Worth: Sendable {
        case counts(Approval)
        /// Of this very drop, but not counting, for this reason.
        case fits(SignatureRefusal)
        /// A proper signature of somebody who may ask, of another drop: maybe of one to come.
        case ofAnotherDrop
        /// For this reason.
        case nothing(String)
    }

    let file: Inbox.SignatureFile
    let worth: Worth
    /// Whether nobody seems to be writing the file.
    let isWhole: Bool

    static func unreadable(_ file: Inbox.SignatureFile) -> JudgedSignature {
        JudgedSignature(
            file: file,
            worth: .nothing(
                "it is no plain file of at most \(SSHSignature.maximumByteCount) bytes that this "
                    + "user can read"), isWhole: false)
    }

    var approval: Approval? {
        if case .counts(let approval) = worth { approval } else { nil }
    }

    /// Whether the file belongs to the drop, whatever else comes.
    var isOfDrop: Bool {
        switch worth {
        case .counts, .fits: true
        case .ofAnotherDrop, .nothing: false
        }
    }

    /// Whether the file is whole, and no signature that could be meant for any drop.
    var isUseless: Bool {
        if case .nothing = worth { isWhole } else { false }
    }

    /// Why the signature does not count.
    var remark: String? {
        switch worth {
        case .counts: nil
        case .fits(let refusal): "\(file.name.shownName): \(refusal)"
        case .ofAnotherDrop: "\(file.name.shownName): it signs other bytes than these"
        case .nothing(let reason): "\(file.name.shownName): \(reason)"
        }
    }
}

extension JudgedSignature.Worth {
    init(
        of text: [UInt8], on digests: SignedFileDigests, under policy: ApprovalPolicy,
        at now: Timestamp
    ) {
        let signature: SSHSignature
        do throws(SSHFormatError) {
            signature = try SSHSignature(armored: text, trusting: policy.list)
        } catch {
            self = .nothing("\(error)")
            return
        }
        if let refusal = policy.list.refusalForAnyFile(
            of: signature, namespace: policy.namespace)
        {
            self = .nothing("\(refusal)")
            return
        }
        switch policy.list.judge(
            signature, of: digests, namespace: policy.namespace, at: now)
        {
        case .counts(let entry):
            self = .counts(
                Approval(
                    signer: entry.person, signature: signature,
                    digest: signature.digest(among: digests)))
        case .fitsButDoesNotCount(let refusal): self = .fits(refusal)
        case .doesNotFit: self = .ofAnotherDrop
        }
    }
}
