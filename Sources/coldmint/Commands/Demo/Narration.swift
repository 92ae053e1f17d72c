import Station

/// How the demo talks: sentences, and between them what somebody would type and what is answered.
struct Narration {
    private static let width = 78
    private static let indent = "    "

    func begin(_ title: String) throws(StationFailure) {
        try Terminal.printLine("\n\(title)")
    }

    /// Sentences, whose lines are broken here.
    func say(_ text: String) throws(StationFailure) {
        var lines = [""]
        for word in Terminal.plain(text.replacing("\n", with: " ")).split(separator: " ") {
            let line = lines[lines.count - 1]
            if !line.isEmpty, line.count + 1 + word.count > Self.width {
                lines.append(String(word))
            } else {
                lines[lines.count - 1] = line.isEmpty ? String(word) : "\(line) \(word)"
            }
        }
        try Terminal.printLine("\n" + lines.joined(separator: "\n"))
    }

    /// A line to type; what it answers is shown below it.
    func type(_ line: String) throws(StationFailure) {
        try Terminal.printLine("\n\(Self.indent)$ \(Terminal.plain(line))")
    }

    func show(_ lines: [String]) throws(StationFailure) {
        for line in lines { try Terminal.printLine(Self.indent + Terminal.plain(line)) }
    }

    func show(_ text: String) throws(StationFailure) {
        try show(text.split(separator: "\n").map(String.init))
    }

    /// What stands in a file, below a sentence.
    func quote(_ lines: [String]) throws(StationFailure) {
        try Terminal.printLine("")
        try show(lines)
    }
}
