import Support

/// Makes lists of those who may sign, which are odd in one way each, so that nothing else decides. The
/// same seed makes the same ones.
struct SignersListGenerator {
    /// In what a list is odd.
    private enum Oddity: CaseIterable {
        case lines, names, blanks, keys, commas, options, patterns, times, bytes
    }

    private var random: SeededGenerator
    private var oddity = Oddity.lines

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// - Parameter keys: Alice's and Bob's, as `.pub` files have them, without comments.
    mutating func list(of keys: (alice: String, bob: String)) -> [UInt8] {
        oddity = Oddity.allCases.randomElement(using: &random) ?? .lines
        var text = isOdd(.lines, 12) ? "\u{feff}" : ""
        for _ in 0..<(happens(2) ? 1 : Int.random(in: 2...4, using: &random)) {
            if isOdd(.lines, 3) {
                text += oneOf(["# x\n", "\n", " \t\n", "#\u{202e}\n", "x\n", "\r\n"])
            }
            text += happens(8) ? line(of: "bob", keys.bob) : line(of: "alice", keys.alice)
        }
        var bytes = Array(text.utf8)
        if isOdd(.bytes, 1) { changeBytes(&bytes) }
        return bytes
    }

    /// Once in so many times.
    private mutating func happens(_ times: Int) -> Bool {
        Int.random(in: 0..<times, using: &random) == 0
    }

    /// Once in so many times, in a list that is odd in this.
    private mutating func isOdd(_ kind: Oddity, _ times: Int) -> Bool {
        oddity == kind && happens(times)
    }

    private mutating func oneOf(_ texts: [String]) -> String {
        texts.randomElement(using: &random) ?? ""
    }

    // MARK: - Lines

    private mutating func line(of name: String, _ key: String) -> String {
        var line = isOdd(.blanks, 3) ? oneOf([" ", "\t", " \t", "\u{b}", "\r", "#"]) : ""
        line += (isOdd(.names, 2) ? names() : name) + blank()
        if [.commas, .options, .patterns, .times].contains(oddity) || happens(4) {
            line += options() + blank()
        }
        line += isOdd(.keys, 2) ? changed(key) : key
        if happens(3) { line += blank() + oneOf(["x", "her laptop", "é", "\"", "\\", "#"]) }
        let ends = ["\r\n", "\r\n", " \n", "\r", "\n\n", "", "\t\r\n", "\r\r\n"]
        return line + (isOdd(.lines, 2) ? oneOf(ends) : "\n")
    }

    private mutating func blank() -> String {
        isOdd(.blanks, 3) ? oneOf(["\t", "  ", " \t ", "\u{b}", "\r", "", "\u{a0}"]) : " "
    }

    private mutating func names() -> String {
        oneOf([
            "Alice", "alice,bob", "bob,alice", "al*", "*", "?lice", "!alice", "!bob,*", "*,!alice",
            "\"alice\"", "\"alice bob\"", "al\"ice\"", "alice,", ",alice", "bob,,alice", "alice*",
            "\"alice", "ssh-ed25519", "alice\u{200b}", "\u{e9}", "#alice", "a,\"alice\"", "alic\\e",
        ])
    }

    private mutating func changed(_ key: String) -> String {
        var words = key.split(separator: " ").map(String.init)
        switch Int.random(in: 0..<7, using: &random) {
        case 0: words[0] = oneOf(["ssh-rsa", "ED25519", "SSH-ED25519", "ssh-ed25519", "ssh-dss"])
        case 1: words[1] += oneOf(["=", "A", "==", "\u{b}", "\u{c}", "\r"])
        case 2: words[1].removeLast(Int.random(in: 1...4, using: &random))
        case 3: words[1] = words[1].replacing("A", with: "B", maxReplacements: 1)
        case 4: words[1].insert("\u{b}", at: words[1].index(words[1].startIndex, offsetBy: 9))
        case 5: words.removeLast()
        default: words.removeFirst()
        }
        return words.joined(separator: " ")
    }

    // MARK: - Options

    private mutating func options() -> String {
        var names = ["namespaces", "valid-after", "valid-before"]
        names.shuffle(using: &random)
        var options = isOdd(.commas, 6) ? "," : ""
        for number in 0..<Int.random(in: 1...3, using: &random) {
            if number > 0 {
                options += isOdd(.commas, 3) ? oneOf([", ", ",,", "", " ", ",x,", " ,"]) : ","
            }
            options += option(isOdd(.options, 8) ? oneOf(names) : names[number])
        }
        return options + (isOdd(.commas, 6) ? oneOf([",", "x", "\"", "\\"]) : "")
    }

    private mutating func option(_ name: String) -> String {
        if isOdd(.options, 4) {
            return oneOf([
                "cert-authority", "no-touch-required", "cert-authority-x", "x=\"y\"", "namespaces",
                "namespaces=", "namespaces=x", "valid-after=", "namespaces =\"*\"",
            ])
        }
        let value = name == "namespaces" ? patterns() : time(isAfter: name == "valid-after")
        let written =
            isOdd(.options, 2)
            ? oneOf([name.uppercased(), name.replacing("v", with: "V"), name + "x"]) : name
        return "\(written)=\"\(value)\(isOdd(.options, 12) ? "" : "\"")"
    }

    private mutating func patterns() -> String {
        guard oddity == .patterns else { return oneOf(["*", "git,coldmint-*", "*,!git"]) }
        return (0..<Int.random(in: 1...3, using: &random)).map { _ in pattern() }
            .joined(separator: happens(10) ? oneOf([", ", ",,"]) : ",")
    }

    /// The namespace that is asked for, with some of it as a pattern.
    private mutating func pattern() -> String {
        if happens(5) {
            return oneOf(["git", "", "*", "!*", "?", "!git", "\\\"", "*\\\"", "\\", "a b", "é"])
        }
        var pattern = Array(SSHKeygen.namespace)
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let start = Int.random(in: 0..<pattern.count, using: &random)
            let end = min(pattern.count, start + Int.random(in: 0...9, using: &random))
            pattern.replaceSubrange(start..<end, with: oneOf(["*", "*", "*", "?", "*?", "x"]))
        }
        return (happens(6) ? "!" : "") + String(pattern)
    }

    /// About the time that is asked for, noon of 1 June 2027.
    private mutating func time(isAfter: Bool) -> String {
        guard oddity == .times else { return isAfter ? "20260101Z" : "20280101Z" }
        var digits = oneOf([
            "20270601", "20270531", "20270602", "202706011200", "20270601120000", "20270601115959",
            "20270601120001", "20270601120000", "20260101", "20280229", "19700101", "20270230",
            "20270601120060", "202706012400", "20271301", "19691231", "2027 6 1", "99991231",
        ])
        if happens(12), let place = digits.indices.randomElement(using: &random) {
            digits.remove(at: place)
        }
        return digits + (happens(6) ? oneOf(["", "z", "UTC", "utc", "ZZ", " Z"]) : "Z")
    }

    private mutating func changeBytes(_ bytes: inout [UInt8]) {
        guard let place = bytes.indices.randomElement(using: &random) else { return }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes.insert(contentsOf: Array(oneOf(["\0", "\r", "\"", " "]).utf8), at: place)
        case 2: bytes.remove(at: place)
        default: bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
    }
}
