import Station

extension KeyView {
    var lines: [String] {
        [
            "\(kid)  \(state.rawValue)", "  fingerprint  \(fingerprint)",
            "  by voice     \(spokenFingerprint)",
        ] + history.map { "  \($0.time)  \($0.name)" }
    }
}
