package import CalendarTime
import LicenseToken

/// The license that the commands of README.txt are for: of those that run when the bundle is made the one
/// with the latest end, and only where none runs another one.
package struct RecommendedLicense {
    let entry: Manifest.Entry
    /// Whether its token may be an environment variable.
    let isDeployable: Bool
    private let rank: Rank

    private struct Rank: Comparable {
        let state: Int
        let end: Timestamp

        static func < (left: Rank, right: Rank) -> Bool {
            (left.state, left.end) < (right.state, right.end)
        }
    }

    private init(_ entry: Manifest.Entry, isDeployable: Bool, at time: Timestamp) {
        self.entry = entry
        self.isDeployable = isDeployable
        let state =
            switch entry.term.state(at: time) {
            case .valid: 3
            case .inGrace: 2
            case .notYetValid: 1
            case .expired, .deleted: 0
            }
        rank = Rank(state: state, end: entry.term.expiresAt ?? .latest)
    }

    /// The better one of the two; the one that was there before where neither is. What has begun comes
    /// in the place of the license that it follows, whichever ends last.
    package static func better(
        than current: RecommendedLicense?, _ entry: Manifest.Entry, isDeployable: Bool,
        at time: Timestamp
    ) -> RecommendedLicense {
        let other = RecommendedLicense(entry, isDeployable: isDeployable, at: time)
        guard let current else { return other }
        let follows = entry.succession?.predecessor == current.entry.id
        if follows && other.rank.state >= current.rank.state { return other }
        return current.rank >= other.rank ? current : other
    }
}

extension LicenseTerm {
    func state(at time: Timestamp) -> LicenseState {
        LicenseState(from: notBefore, until: expiresAt, endOfGrace: endOfGrace, at: time)
    }
}
