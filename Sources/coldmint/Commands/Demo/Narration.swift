import Console
import Failures
import Station

/// How the demo talks: sentences, and between them what somebody would type and what is answered.
struct Narration {
    private static let width = 78
    private static let indent = "    "

    func begin(_ title: String) throws(StationFailure) {
        try print("\n\(title)")
    }

    /// The demo's own title.
    func open(_ title: String) throws(StationFailure) {
        try print(title)
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
        try print("\n" + lines.joined(separator: "\n"))
    }

    /// A line to type; what it answers is shown below it.
    func type(_ line: String) throws(StationFailure) {
        try print("\n\(Self.indent)$ \(Terminal.plain(line))")
    }

    func show(_ lines: [String]) throws(StationFailure) {
        for line in lines { try print(Self.indent + Terminal.plain(line)) }
    }

    func show(_ text: String) throws(StationFailure) {
        try show(text.split(separator: "\n").map(String.init))
    }

    /// What stands in a file, below a sentence.
    func quote(_ lines: [String]) throws(StationFailure) {
        try print("")
        try show(lines)
    }

    private func print(_ text: String) throws(StationFailure) {
        try Terminal.printing { () throws(CommandFailure) in try Terminal.printLine(text) }
    }
}
