import ArgumentParser
import PlainText

/// A word that stands on the command line where a command's name should, and is none.
struct MistypedCommand: CustomStringConvertible {
    /// What was typed, with the commands before it: `keys lsit`.
    private let typed: String
    /// `coldmint keys`
    private let group: String
    /// What may have been meant: `keys list`.
    private let suggestion: String?

    /// `nil` where the commands are right, or an option stands before the one that is not: then that
    /// is what has to be mended first.
    init?(in arguments: some Sequence<String>, of root: any ParsableCommand.Type) {
        var group = root
        var path: [String] = []
        var rest = Array(arguments)[...]
        while let word = rest.popFirst() {
            if word == "--\(StationOption.name)" {
                rest = rest.dropFirst()
            } else if !word.hasPrefix("--\(StationOption.name)=") {
                let commands = group.configuration.subcommands
                guard !word.hasPrefix("-"), word != "help", !commands.isEmpty else { return nil }
                guard let next = commands.first(where: { $0._commandName == word }) else {
                    self.init(word, in: group, at: path, of: root)
                    return
                }
                group = next
                path.append(word)
            }
        }
        return nil
    }

    private init(
        _ word: String, in group: any ParsableCommand.Type, at path: [String],
        of root: any ParsableCommand.Type
    ) {
        typed = (path + [word]).joined(separator: " ")
        self.group = ([root._commandName] + path).joined(separator: " ")
        suggestion = Self.nearest(to: word.lowercased(), among: Self.commands(in: group))
            .map { (path + $0).joined(separator: " ") }
    }

    var description: String {
        let question = suggestion.map { "did you mean '\($0)'? " } ?? ""
        return "there is no command '\(typed)': \(question)'\(group) --help' lists all"
    }

    /// All below a group, each by its path from there.
    private static func commands(in group: any ParsableCommand.Type) -> [[String]] {
        group.configuration.subcommands.flatMap { command in
            [[command._commandName]] + commands(in: command).map { [command._commandName] + $0 }
        }
    }

    /// The one whose own name is most like the word; of equals the one with the shortest path. A
    /// beginning counts as well: `passphr`, `initialize`.
    private static func nearest(to word: String, among commands: [[String]]) -> [String]? {
        let near = commands.compactMap { path -> (distance: Int, path: [String])? in
            guard let name = path.last else { return nil }
            let limit = max(1, name.count / 3)
            guard abs(name.count - word.count) <= limit else { return nil }
            let distance = editDistance(word, name)
            return distance <= limit ? (distance, path) : nil
        }
        let nearest = near.min { ($0.distance, $0.path.count) < ($1.distance, $1.path.count) }
        if let nearest { return nearest.path }
        let begun = commands.filter { path in
            guard word.count > 1, let name = path.last else { return false }
            return name.hasPrefix(word) || word.hasPrefix(name)
        }
        return begun.count == 1 ? begun.first : nil
    }
}
