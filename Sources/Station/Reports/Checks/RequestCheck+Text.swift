package import LicenseRequest

extension RequestCheck {
    /// Those that requests are held against.
    package var products: KnownProducts { rules.products }

    /// More would help nobody.
    private static let maximumProblems = 1_000

    /// What a run would find in a request file of this text.
    package func problems(inText text: [UInt8]) throws(StationFailure) -> [Problem] {
        guard text.count <= maximumByteCount else { return [.tooLarge(limit: maximumByteCount)] }
        var rules = rules
        rules.maximumProblems = Self.maximumProblems
        let content = DropContent(reading: text, rules: rules)
        guard let station else {
            return try content.problems(against: UnknownLicenses<StationFailure>())
        }
        return try content.problems(against: StationLookup(station: station))
    }
}
