import Foundation
import Support

/// A Swift file of the product or of its tests.
struct SourceFile {
    /// Seen from `Sources` or `Tests`: `Signing/Keys/SigningKey.swift`.
    let path: String
    let text: String
    let code: String

    var module: String { String(path.prefix { $0 != "/" }) }
    var folder: String { (path as NSString).deletingLastPathComponent }
    var name: String { ((path as NSString).lastPathComponent as NSString).deletingPathExtension }

    /// The modules that it imports.
    var imports: Set<String> {
        let pattern =
            /(?:^|\n)[ \t]*(?:@\w+[ \t]+)*(?:\w+[ \t]+)?import[ \t]+(?:[a-z]+[ \t]+)?([\w.]+)/
        return Set(
            code.matches(of: pattern).map { String($0.1.prefix { $0 != "." }) })
    }

    /// The lines, numbered from 1, in whose code the pattern is found.
    func lines(matching pattern: Regex<Substring>) -> [String] {
        code.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { $0.element.contains(pattern) }
            .map { "\(path):\($0.offset + 1): \($0.element.trimmingCharacters(in: .whitespaces))" }
    }

    /// Those of the product.
    static let all = files(in: "Sources")

    static let tests = files(in: "Tests")

    private static func files(in folder: String) -> [SourceFile] {
        let root = "\(Workbench.repository)/\(folder)"
        let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
            // A file that cannot be read has no place in any list, which the count of files shows.
            guard let text = try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8) else {
                return nil
            }
            return SourceFile(path: path, text: text, code: SwiftCode.stripped(text))
        }
    }
}
