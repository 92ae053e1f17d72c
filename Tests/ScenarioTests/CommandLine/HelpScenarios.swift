import Foundation
import Support
import Testing

/// What --help says of each command, word for word: `Help/keys-list.txt`.
@Suite struct HelpScenarios {
    private static let folder = "\(Workbench.repository)/Tests/ScenarioTests/CommandLine/Help"
    /// Set to 1, the files are written anew.
    private static let recording = "COLDMINT_RECORD_HELP"

    /// A command and what it takes.
    private struct Command {
        /// Without the program's own name; empty for the program itself.
        let path: [String]
        let tree: JSONTree

        var fileName: String {
            (path.isEmpty ? ["coldmint"] : path).joined(separator: "-") + ".txt"
        }

        /// The lines of its help that can be typed.
        var examples: [String] {
            (tree["discussion"].string ?? "").split(separator: "\n")
                .map { $0.trimmingCharacters(in: .whitespaces) }
                .filter { $0.hasPrefix("coldmint ") }
        }

        /// Whether each option takes a value, by the option as it is typed.
        var options: [String: Bool] {
            var options: [String: Bool] = [:]
            for argument in tree["arguments"].elements {
                for name in argument["names"].elements {
                    let hyphens = name["kind"].string == "short" ? "-" : "--"
                    options[hyphens + (name["name"].string ?? "")] =
                        argument["kind"].string == "option"
                }
            }
            return options
        }

        var positionals: [JSONTree] {
            tree["arguments"].elements.filter { $0["kind"].string == "positional" }
        }
    }

    /// All there are, the program itself first.
    private static func commands() async throws -> [Command] {
        func all(_ tree: JSONTree, _ path: [String]) -> [Command] {
            let inner = tree["subcommands"].elements.filter { $0["commandName"].string != "help" }
            return [Command(path: path, tree: tree)]
                + inner.flatMap { all($0, path + [$0["commandName"].string ?? ""]) }
        }
        let dump = try await Workbench().coldmint("--experimental-dump-help")
        return all(try dump.json()["command"], [])
    }

    private static func help(of command: Command) async throws -> String {
        let answer = try await Workbench().run(
            Workbench.binary, command.path + ["--help"], environment: ["COLUMNS": "80"])
        #expect(answer.status == 0)
        return answer.output
    }

    @Test func `the help of each command is the one on record`() async throws {
        let isRecording = ProcessInfo.processInfo.environment[Self.recording] == "1"
        let commands = try await Self.commands()
        #expect(commands.count > 20)
        for command in commands {
            let help = try await Self.help(of: command)
            let file = "\(Self.folder)/\(command.fileName)"
            if isRecording { try help.write(toFile: file, atomically: true, encoding: .utf8) }
            let recorded = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
            #expect(
                help == recorded,
                "to record it: \(Self.recording)=1 swift test --filter HelpScenarios")
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
        let others = files.filter { file in !commands.contains { $0.fileName == file } }
        if isRecording {
            for file in others {
                try FileManager.default.removeItem(atPath: "\(Self.folder)/\(file)")
            }
            Issue.record("the help was recorded: look at what changed, and run the test again")
        } else {
            #expect(others == [], "there are no such commands")
        }
    }

    @Test func `each command's help has an example of that command, and fits its lines`()
        async throws
    {
        for command in try await Self.commands() {
            let own = (["coldmint"] + command.path).joined(separator: " ")
            #expect(
                command.examples.contains { $0 == own || $0.hasPrefix("\(own) ") }, "\(own)")
            for example in command.examples { #expect(example.count <= 78, "\(example)") }
        }
    }

    @Test func `what the examples type are commands and options that there are`() async throws {
        let commands = try await Self.commands()
        for example in commands.flatMap(\.examples) {
            #expect(Self.fault(in: example, commands) == nil, "\(example)")
        }
    }

    @Test(arguments: [
        ("coldmint rnu", "rnu"), ("coldmint keys lsit", "lsit"), ("coldmint run --jsno", "--jsno"),
        ("coldmint list --limit", "--limit"), ("coldmint show", "arguments"),
        ("coldmint run now", "arguments"),
    ])
    func `an example with a mistake would be found`(example: String, fault: String) async throws {
        #expect(Self.fault(in: example, try await Self.commands()) == fault)
    }

    /// The word that the program would not take.
    private static func fault(in example: String, _ commands: [Command]) -> String? {
        var words = words(of: example).dropFirst()
        var path: [String] = []
        var command = commands.first { $0.path == path }
        var operands = 0
        while let word = words.popFirst() {
            if word.hasPrefix("-") && word != "-" {
                guard let takesValue = command?.options[word] else { return word }
                if takesValue && words.popFirst() == nil { return word }
            } else if let next = commands.first(where: { $0.path == path + [word] }) {
                path.append(word)
                command = next
            } else if command?.tree["subcommands"].isAbsent == false {
                return word
            } else {
                operands += 1
            }
        }
        let positionals = command?.positionals ?? []
        let needed = positionals.count { $0["isOptional"].bool != true }
        let isOpen = positionals.contains { $0["isRepeating"].bool == true }
        let range = needed...(isOpen ? .max : positionals.count)
        return range.contains(operands) ? nil : "arguments"
    }

    /// As a shell divides the line, without what it redirects.
    private static func words(of line: String) -> [String] {
        line.matches(of: /"([^"]*)"|(\S+)/).map { String($0.1 ?? $0.2 ?? "") }
            .filter { !$0.hasPrefix(">") && !$0.hasPrefix("<") }
    }
}
