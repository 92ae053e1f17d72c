import ArgumentParser

extension CommandConfiguration {
    /// With lines to type, which stand after the discussion in the command's help.
    init(
        commandName: String, abstract: String, discussion: String = "", version: String = "",
        subcommands: [any ParsableCommand.Type] = [], examples: [String]
    ) {
        let list = "EXAMPLES:\n" + examples.map { "  \($0)" }.joined(separator: "\n")
        self.init(
            commandName: commandName, abstract: abstract,
            discussion: discussion.isEmpty ? list : "\(discussion)\n\n\(list)", version: version,
            subcommands: subcommands)
    }
}
