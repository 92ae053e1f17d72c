import Console
import Station

extension KeyView {
    var lines: [String] {
        [
            "\(kid)  \(state.rawValue)", "  fingerprint  \(fingerprint)",
            "  by voice     \(spokenFingerprint)",
        ]
            + (reach.map {
                ["  had by       \($0.reached) of \(counted($0.customers, "customer"))"]
            } ?? [])
            + history.map { "  \($0.time)  \($0.name)" }
    }
}
