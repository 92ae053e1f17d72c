import CalendarTime
import DurableFiles
import SSHSignatures
import Signatures
import Spool
import Synchronization

/// What a watch knows of the drops that wait for signatures, so that not every event costs reading
/// and judging all of them again.
package final class KeptWaits: Sendable {
    /// What every judgement depends on.
    struct Basis: Equatable {
        private let configuration: Configuration
        private let signers: SHA256Digest

        private let products: SHA256Digest?

        init(
            _ configuration: Configuration, _ policy: ApprovalPolicy, _ products: SHA256Digest?
        ) {
            self.configuration = configuration
            self.products = products
            signers = policy.list.digest
        }
    }

    /// How a drop, and the signatures that bear its name, look before they are read.
    struct Look: Equatable {
        let claim: ClaimName
        let drop: FileStatus
        let signatures: [Inbox.SignatureFile: FileStatus]
    }

    struct Wait {
        let look: Look
        let digest: SHA256Digest
        let awaiting: AwaitingApproval
        let judgedAt: Timestamp
    }

    private struct Known {
        var basis: Basis?
        var waits: [ClaimName: Wait] = [:]
    }

    /// After so long a drop is judged again in any case: keys become valid, and cease to be.
    private static let seconds: Int64 = 60

    private let known = Mutex(Known())

    package init() {}

    /// Forgets what rests on anything else, and drops that are not among these any more.
    func keep(only claims: [ClaimName], on basis: Basis) {
        known.withLock { known in
            let claims = Set(claims)
            known.waits = known.waits.filter { known.basis == basis && claims.contains($0.key) }
            known.basis = basis
        }
    }

    /// Of all drops that are known to wait.
    var digests: [SHA256Digest] { known.withLock { $0.waits.values.map(\.digest) } }

    func keep(_ wait: Wait) {
        known.withLock { $0.waits[wait.look.claim] = wait }
    }

    /// What is known of a drop that looks like this; `nil` where it has to be judged.
    func wait(_ look: Look, at now: Timestamp) -> Wait? {
        guard let wait = known.withLock({ $0.waits[look.claim] }), wait.look == look else {
            return nil
        }
        let age = now.secondsSinceEpoch - wait.judgedAt.secondsSinceEpoch
        guard (0..<Self.seconds).contains(age) else { return nil }
        if let end = wait.awaiting.refusedAt, now >= end { return nil }
        return wait
    }
}
