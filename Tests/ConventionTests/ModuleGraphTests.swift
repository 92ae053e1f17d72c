import Foundation
import Support
import Testing

/// The tables of docs/architecture.md, held against the package and the sources.
@Suite struct ModuleGraphTests {
    private struct Row {
        let module: String
        let uses: Set<String>
        let outside: Set<String>
    }

    /// In the order of the table.
    private static func rows() throws -> [Row] {
        try MarkdownPage("docs/architecture.md").table("module").map { cells in
            Row(
                module: MarkdownPage.names(in: cells[0]).first ?? "",
                uses: Set(MarkdownPage.names(in: cells[1])),
                outside: Set(MarkdownPage.names(in: cells[2])))
        }
    }

    /// What comes with Swift, and needs no line in `Package.swift`.
    private static let toolchain: Set = [
        "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization",
    ]

    @Test func `the table has every module of the package`() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Workbench.repository + "/Sources")
        let modules = try Self.rows().map(\.module)
        #expect(modules.sorted() == folders.sorted())
        #expect(Set(modules) == Set(try PackageManifest().dependencies.keys))
    }

    @Test func `a module uses only what stands above it in the table`() throws {
        var above: Set<String> = []
        for row in try Self.rows() {
            let below = row.uses.subtracting(above)
            #expect(below.isEmpty, "\(row.module) uses \(below.sorted())")
            above.insert(row.module)
        }
    }

    @Test func `the package declares what the table says`() throws {
        let declared = try PackageManifest().dependencies
        for row in try Self.rows() {
            #expect(declared[row.module] == row.uses.union(row.outside), "\(row.module)")
        }
    }

    @Test func `each module imports what the table says, and nothing else`() throws {
        for row in try Self.rows() {
            let files = SourceFile.all.filter { $0.module == row.module }
            let imported = files.reduce(into: Set<String>()) { $0.formUnion($1.imports) }
            // A C module is one header.
            guard !files.isEmpty else { continue }
            #expect(
                imported.subtracting(Self.toolchain) == row.uses.union(row.outside),
                "\(row.module)")
        }
    }

    @Test func `what only some may import is imported nowhere else`() throws {
        let rules = try MarkdownPage("docs/architecture.md").table("import")
        #expect(rules.count > 5)
        for cells in rules {
            let allowed = Set(MarkdownPage.names(in: cells[1]))
            for module in MarkdownPage.names(in: cells[0]) {
                let importers = SourceFile.all.filter { $0.imports.contains(module) }
                let others = importers.filter { !allowed.contains($0.module) }.map(\.path)
                #expect(others.isEmpty, "\(module): \(others.joined(separator: ", "))")
            }
        }
    }
}
