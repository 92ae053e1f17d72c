extension String {
    /// The text itself where it has at most `limit` characters (Unicode scalar values). Otherwise
    /// its beginning and its end, `limit` characters together with the `…` between them.
    package func shortened(to limit: Int) -> String {
        let scalars = unicodeScalars
        guard
            limit > 0,
            scalars.index(scalars.startIndex, offsetBy: limit + 1, limitedBy: scalars.endIndex)
                != nil
        else { return self }
        let headCount = (limit - 1) / 2
        return String(scalars.prefix(headCount)) + "…"
            + String(scalars.suffix(limit - 1 - headCount))
    }
}
