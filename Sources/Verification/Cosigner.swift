import Bundles
package import CalendarTime
import Failures
import TransparencyLog

/// A witness who has cosigned a head of the vendor's log that a bundle carries.
package struct Cosigner: Sendable {
    package let name: String
    /// Of the log when they cosigned it.
    package let size: Int64
    package let time: Timestamp

    /// `nil` where they have cosigned none.
    init?(_ witness: NoteVerifier, of log: BundleLogFacts) {
        guard
            let (size, seconds) = log.cosignature(by: witness),
            let time = Timestamp(secondsSinceEpoch: seconds)
        else { return nil }
        name = witness.name
        self.size = size
        self.time = time
    }
}

extension NoteVerifier {
    /// A witness as `--witness` names one.
    init(witness vkey: String) throws(CommandFailure) {
        do throws(NoteError) {
            try self.init(vkey: vkey)
        } catch {
            throw CommandFailure(.usage, "--witness \(vkey.debugDescription): \(error)")
        }
        guard algorithm == .cosignature else {
            throw CommandFailure(
                .usage,
                "--witness \(vkey.debugDescription): a key of another kind: that of a witness, who "
                    + "cosigns the heads of logs, is needed")
        }
    }
}

extension BundleLogFacts {
    /// Those who have cosigned by what the bundle says, and whose keys were not given.
    func unverifiedCosigners(besides cosigners: [Cosigner]) -> [String] {
        claimedCosigners.filter { name in !cosigners.contains { $0.name == name } }
    }
}
