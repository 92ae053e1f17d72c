import Foundation
import Support
import Testing

/// Files are the business of one module; the others say what they want done with them.
struct SystemCallTests {
    /// The files outside DurableFiles that may go to the system directly, and for what.
    private static let exceptions = [
        "Sources/coldmint/Coldmint.swift": "CLinux, for the process's core dumps",
        "Sources/coldmint/ProcessMemory.swift": "CLinux, for memory that was freed",
        "Sources/Station/Keys/TerminalPrompt.swift": "Glibc, for the terminal",
        "Sources/Station/Keys/CaughtSignals.swift": "Glibc, for signals",
        "Sources/Station/Keys/SignalAction.swift": "Glibc, for signals",
        "Sources/Station/Run/SystemEnvironment.swift": "Glibc, for the clock",
        "Sources/Station/Failure/StationFailure+Causes.swift": "Glibc, for the number of an error",
    ]

    @Test(arguments: [
        ("CLinux", ["Sources"]), ("Glibc", ["Sources/Spool", "Sources/Station"]),
    ])
    func `system calls for files are made in DurableFiles alone`(
        module: String, folders: [String]
    ) throws {
        for (file, text) in try folders.flatMap(Self.sources(in:)) {
            let isImporter = text.split(separator: "\n").contains {
                $0.hasSuffix("import \(module)")
            }
            #expect(
                !isImporter || file.hasPrefix("Sources/DurableFiles/")
                    || Self.exceptions[file]?.hasPrefix(module) == true,
                "\(file) imports \(module)")
        }
    }

    @Test func `the station and the spool do not go around DurableFiles with FileManager`() throws {
        for (file, text) in try ["Sources/Spool", "Sources/Station"].flatMap(Self.sources(in:)) {
            #expect(!text.contains("FileManager"), "\(file) uses FileManager")
        }
    }

    private static func sources(in folder: String) throws -> [(file: String, text: String)] {
        let root = "\(Workbench.repository)/\(folder)"
        let files = try #require(FileManager.default.enumerator(atPath: root))
            .compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }
        try #require(!files.isEmpty)
        return try files.map {
            ("\(folder)/\($0)", try String(contentsOfFile: "\(root)/\($0)", encoding: .utf8))
        }
    }
}
