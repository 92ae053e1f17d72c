extension BinaryInteger {
    /// The digits, with zeros before them up to `width`: 7 becomes `007` where that is 3. A number
    /// with more digits keeps them all. Meant for numbers that are not negative.
    package func zeroPadded(to width: Int, radix: Int = 10, uppercase: Bool = false) -> String {
        let digits = String(self, radix: radix, uppercase: uppercase)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
