import Foundation
import Support
import Testing

/// What CONTRIBUTING.md asks of the sources and a formatter does not see.
@Suite struct SourceRuleTests {
    @Test func `there are sources to look at`() {
        #expect(SourceFile.all.count > 100)
        #expect(SourceFile.all.allSatisfy { !$0.code.isEmpty })
    }

    @Test func `no folder has more than a dozen files side by side`() {
        for files in [SourceFile.all, SourceFile.tests] {
            for (folder, files) in Dictionary(grouping: files, by: \.folder) {
                #expect(files.count <= 12, "\(folder) has \(files.count)")
            }
        }
    }

    @Test func `no file is longer than three hundred lines`() {
        for file in SourceFile.all + SourceFile.tests {
            let count = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
            #expect(count <= 300, "\(file.path) has \(count)")
        }
    }

    /// `Type.swift` declares it, `Type+Topic.swift` extends it, `Verb.swift` declares `verb()`.
    @Test func `a file is named after a type or a function in it`() throws {
        for file in SourceFile.all {
            let name = String(file.name.prefix { $0 != "+" })
            let function = name.prefix(1).lowercased() + name.dropFirst()
            let pattern =
                file.name == name
                ? #"\b(struct|enum|class|actor|protocol|typealias)\s+\#(name)\b|\bfunc\s+\#(function)\b"#
                : #"\bextension\s+([A-Z]\w*\.)*\#(name)\b"#
            // Unicode's word boundaries take the dot between two names for a part of a word.
            let regex = try Regex(pattern).wordBoundaryKind(.simple)
            #expect(file.code.contains(regex), "\(file.path) has no \(name)")
        }
    }

    /// Each of these ends the process, and with it the run in hand.
    @Test func `nothing in the sources traps on purpose`() {
        let pattern =
            /\btry!|\bas!|\b(?:fatalError|precondition|preconditionFailure|assert|assertionFailure)\(/
        #expect(SourceFile.all.flatMap { $0.lines(matching: pattern) } == [])
    }

    /// The formatter's rules see a force unwrap better than a pattern could.
    @Test(arguments: [
        "NeverForceUnwrap", "NeverUseForceTry", "NeverUseImplicitlyUnwrappedOptionals",
    ])
    func `the formatter refuses to force`(rule: String) throws {
        let settings = try JSONTree(
            String(contentsOfFile: Workbench.repository + "/.swift-format", encoding: .utf8))
        #expect(settings["rules"][rule].bool == true)
        for script in ["check", "test"] {
            let text = try String(
                contentsOfFile: "\(Workbench.repository)/scripts/\(script)", encoding: .utf8)
            #expect(text.contains("swift format lint --strict --recursive Package.swift Sources"))
        }
    }

    /// An error that is thrown away may be the one that somebody needed.
    @Test func `a comment says what try? throws away`() {
        for file in SourceFile.all {
            let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() where line.contains(#/\btry\? /#) {
                let comments = lines[max(0, index - 8)...index].filter { $0.contains("//") }
                #expect(
                    comments.contains { $0.contains("thrown away") },
                    "\(file.path):\(index + 1)")
            }
        }
    }

    /// What goes without Swift's checks, and why its files may.
    private static let withoutChecks: [String: Set<String>] = [
        // Eight bytes of JSON at once.
        "Parser+Strings": ["&-"],
        // Offsets that were measured before.
        "TapeEntry": ["truncatingIfNeeded"],
        // Single bits of a number.
        "ByteSource+Escapes": ["truncatingIfNeeded"],
        "LicenseID": ["truncatingIfNeeded"],
        // Guarded memory belongs to one owner, which moves.
        "SecretBytes": ["unchecked"],
        // Room that is filled by the next call.
        "Base64": ["unsafeUninitializedCapacity"],
        "Hex": ["unsafeUninitializedCapacity"],
        // Values that were checked on the other ways in.
        "KeyDerivation": ["unchecked"],
        "Signature": ["unchecked"],
        "SigningKey": ["unchecked"],
        "Timestamp": ["unchecked"],
        "VerificationKey": ["unchecked"],
        // Each processor writes its own elements.
        "ConcurrentMap": ["unsafe"],
        // SIG_IGN is a number in the place of a function.
        "SignalAction": ["unsafeBitCast"],
    ]

    @Test func `only the named files go without Swift's checks`() {
        let pattern = /&[-+*](?!&)|\b(?:unsafe(?!Number)|unchecked)\w*|\btruncatingIfNeeded\b/
        var found: [String: Set<String>] = [:]
        for file in SourceFile.all {
            for match in file.code.matches(of: pattern) {
                found[file.name, default: []].insert(String(match.0))
            }
        }
        #expect(found == Self.withoutChecks)
    }
}
