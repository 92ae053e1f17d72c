import Foundation
import Support

/// The targets of `Package.swift`, read as text: asking SwiftPM takes seconds and its lock.
struct PackageManifest {
    /// Names of targets and products, by the target that depends on them.
    let dependencies: [String: Set<String>]

    init() throws {
        let text = try String(
            contentsOfFile: Workbench.repository + "/Package.swift", encoding: .utf8)
        var products: [String: String] = [:]
        let named = /let (\w+) = Target\.Dependency\.product\(\s*name: "(\w+)"/
        for match in text.matches(of: named) { products[String(match.1)] = String(match.2) }
        var dependencies: [String: Set<String>] = [:]
        let targets =
            text.range(of: "\n    targets: [").map {
                Self.bracketed(text[text.index(before: $0.upperBound)...], "[", "]")
            } ?? ""
        let target = /(?:module|executableTarget|systemLibrary)\(\s*(?:name: )?"([\w-]+)"/
        for match in targets.matches(of: target) {
            let arguments = Self.bracketed(targets[match.range.lowerBound...], "(", ")")
            let list = arguments.firstRange(of: /(uses|dependencies): \[/).map {
                Self.bracketed(arguments[arguments.index(before: $0.upperBound)...], "[", "]")
            }
            dependencies[String(match.1)] = Self.names(in: list ?? "", products)
        }
        self.dependencies = dependencies
    }

    /// From the first opening bracket to the one that closes it.
    private static func bracketed(
        _ text: Substring, _ opening: Character, _ closing: Character
    ) -> Substring {
        var depth = 0
        guard let start = text.firstIndex(of: opening) else { return "" }
        for index in text[start...].indices {
            if text[index] == opening { depth += 1 }
            if text[index] == closing { depth -= 1 }
            if depth == 0 { return text[start...index] }
        }
        return text[start...]
    }

    private static func names(in list: Substring, _ products: [String: String]) -> Set<String> {
        let element = /\.product\(name: "(\w+)", package: "[^"]+"\)|"(\w+)"|(\w+)/
        return Set(
            list.matches(of: element).compactMap { match in
                let name = match.1 ?? match.2
                return name.map(String.init) ?? match.3.flatMap { products[String($0)] }
            })
    }
}
