import Failures
import Foundation
import LicenseRequest
import Support
import Testing

@testable import Station

/// What the documentation lists is what there is.
@Suite struct DocumentationTests {
    @Test func `the codes of the documentation are the codes of the program`() throws {
        let documented = try MarkdownPage("docs/station.md").table("code").flatMap {
            MarkdownPage.names(in: $0[0])
        }
        #expect(documented.sorted() == Problem.Code.allCases.map(\.rawValue).sorted())
    }

    @Test func `no page speaks of a refusal by a code that there is not`() throws {
        let codes = Set(Problem.Code.allCases.map(\.rawValue))
        for page in try MarkdownPage.all() {
            for match in page.text.matches(of: /(?:refused|rejected)\s+as\s+`([^`]+)`/) {
                #expect(codes.contains(String(match.1)), "\(page.path): \(match.1)")
            }
        }
    }

    @Test func `the documented exit statuses are those of the program`() throws {
        let documented = try MarkdownPage("docs/commands.md").table("exit status").flatMap {
            $0[0].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        #expect(documented == ExitStatus.allCases.map { "\($0.rawValue)" })
    }

    @Test func `the settings of the documentation are those of the configuration`() throws {
        let documented = try MarkdownPage("docs/station.md").table("setting").flatMap {
            MarkdownPage.names(in: $0[0])
        }
        let settings = Configuration.Setting.allCases.map(\.rawValue)
        #expect(documented.sorted() == settings.sorted())
        for name in documented {
            let error = #expect(throws: ConfigurationError.self) {
                try Configuration(parsing: "\(name): {}")
            }
            #expect(error?.description.contains("there is no setting") == false, "\(name)")
        }
    }

    /// The names of all commands that do something: `keys list`.
    private static func commands() async throws -> [String] {
        func leaves(_ command: JSONTree, _ path: [String]) -> [String] {
            let inner = command["subcommands"].elements.filter {
                $0["commandName"].string != "help"
            }
            guard !inner.isEmpty else { return [path.joined(separator: " ")] }
            return inner.flatMap { leaves($0, path + [$0["commandName"].string ?? ""]) }
        }
        let dump = try await Workbench().coldmint("--experimental-dump-help")
        return leaves(try dump.json()["command"], [])
    }

    @Test func `the documented commands are those of the program`() async throws {
        var documented: [String] = []
        for cells in try MarkdownPage("docs/commands.md").table("command") {
            var group: [String] = []
            for (index, name) in MarkdownPage.names(in: cells[0]).enumerated() {
                // Arguments and options begin otherwise.
                let words = name.split(separator: " ").map(String.init)
                    .prefix { $0.allSatisfy { $0.isLowercase || $0 == "-" } && !$0.hasPrefix("-") }
                if index == 0 {
                    #expect(words.first == "coldmint")
                    group = Array(words.dropFirst().dropLast())
                    documented.append(words.dropFirst().joined(separator: " "))
                } else {
                    documented.append((group + words).joined(separator: " "))
                }
            }
        }
        #expect(documented.sorted() == (try await Self.commands()).sorted())
    }

    @Test func `links lead to files`() throws {
        for page in try MarkdownPage.all() {
            let folder = (page.path as NSString).deletingLastPathComponent
            for match in page.text.matches(of: /\]\(([^)#:\s]+)(?:#[^)]*)?\)/) {
                let target = "\(Workbench.repository)/\(folder)/\(match.1)"
                #expect(FileManager.default.fileExists(atPath: target), "\(page.path): \(match.1)")
            }
        }
    }
}
