import Foundation
import Support

/// A page of the documentation.
struct MarkdownPage {
    /// Seen from the repository's root.
    let path: String
    let text: String

    init(_ path: String) throws {
        self.path = path
        text = try String(contentsOfFile: "\(Workbench.repository)/\(path)", encoding: .utf8)
    }

    static func all() throws -> [MarkdownPage] {
        let root = try FileManager.default.contentsOfDirectory(atPath: Workbench.repository)
        let docs = try FileManager.default.contentsOfDirectory(
            atPath: Workbench.repository + "/docs")
        return try (root + docs.map { "docs/\($0)" }).filter { $0.hasSuffix(".md") }.sorted()
            .map { try MarkdownPage($0) }
    }

    /// The rows of the first table whose header begins with this word, each a list of cells.
    func table(_ header: String) throws -> [[String]] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { $0.hasPrefix("| \(header) |") }) else {
            throw WorkbenchError(description: "\(path) has no table '\(header)'")
        }
        return lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map(Self.cells)
    }

    /// What stands in the first block that begins with this line.
    func block(_ fence: String) -> Substring? {
        text.firstRange(of: "\n\(fence)\n").map { start in
            let rest = text[start.upperBound...]
            return rest[..<(rest.firstRange(of: "\n```")?.lowerBound ?? rest.endIndex)]
        }
    }

    /// `\|` is a bar in a cell.
    private static func cells(_ line: Substring) -> [String] {
        let bar = "\u{0}"
        return line.replacing("\\|", with: bar).dropFirst().dropLast()
            .split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.replacing(bar, with: "|").trimmingCharacters(in: .whitespaces) }
    }

    /// What stands between backquotes in a cell.
    static func names(in cell: String) -> [String] {
        cell.matches(of: /`([^`]+)`/).map { String($0.1) }
    }
}
