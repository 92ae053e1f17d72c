/// README.txt of a bundle, taken apart: the indented blocks of each section, by its title.
struct ReadmeBlocks {
    let blocks: [String: [String]]

    /// The line that unpacks the bundle.
    var unpacking: String? { blocks["What this is"]?.first { $0.contains("tar -xf") } }

    init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var blocks: [String: [String]] = [:]
        var title = ""
        var block: [String] = []
        for (place, line) in lines.enumerated() {
            let next = lines.indices.contains(place + 1) ? lines[place + 1] : ""
            if line.hasPrefix("  ") {
                block.append(line)
            } else {
                if !block.isEmpty {
                    blocks[title, default: []].append(block.joined(separator: "\n"))
                }
                block = []
                if next.hasPrefix("---") { title = line }
            }
        }
        self.blocks = blocks
    }
}
