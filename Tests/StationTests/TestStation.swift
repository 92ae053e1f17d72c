import DurableFiles
import Foundation
import Logging
import Synchronization
import SystemPackage

@testable import Station

/// A station in a folder of a test's own, with a clock that stands still and randomness that is
/// counted. The folder goes with the value.
final class TestStation: Sendable {
    let path: String
    let folder: StationFolder
    private let clock: Mutex<Int64>
    private let drawn = Mutex<[Int]>([])
    private let repeats = Mutex<Int>(0)

    /// 2026-12-01T08:00:00Z
    static let start: Int64 = 1_796_112_000

    init() throws {
        path = NSTemporaryDirectory() + "coldmint-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        folder = StationFolder(FilePath(path).appending("station"))
        clock = Mutex(Self.start)
        _ = try folder.initialize(
            NewSettings(issuer: "https://licenses.example.com"), importing: nil, passphrase: nil,
            environment: environment)
        drawn.withLock { $0 = [] }
    }

    deinit {
        // The system clears its folder for temporary files in any case.
        try? FileManager.default.removeItem(atPath: path)
    }

    var environment: SystemEnvironment {
        SystemEnvironment(
            milliseconds: { [self] in clock.withLock { $0 } * 1000 },
            randomBytes: { [self] count in
                let isRepeated = repeats.withLock { left in
                    defer { left = max(0, left - 1) }
                    return left > 0
                }
                let draws = drawn.withLock { drawn in
                    drawn.append(count)
                    return isRepeated ? 0 : drawn.count
                }
                return (0..<count).map { UInt8(truncatingIfNeeded: draws >> (8 * ($0 % 4))) }
            },
            pause: { _ in })
    }

    /// How many ids of licenses were drawn so far.
    var drawnLicenseIDs: Int { drawn.withLock { drawn in drawn.count { $0 == 10 } } }

    /// The next draws all give the same bytes.
    func repeatRandomness(draws: Int) {
        repeats.withLock { $0 = draws }
    }

    func advanceClock(by seconds: Int64) {
        clock.withLock { $0 += seconds }
    }

    func run(acceptClock: Bool = false, waits: KeptWaits? = nil) throws -> RunReport {
        try Run.perform(
            folder, keys: keyRing, environment: environment, log: Self.silence, waits: waits,
            acceptClock: acceptClock)
    }

    /// A line of shell in the folder, which must succeed.
    func shell(_ line: String) throws {
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/bash")
        shell.arguments = ["-c", line]
        shell.currentDirectoryURL = URL(filePath: path)
        try shell.run()
        shell.waitUntilExit()
        guard shell.terminationStatus == 0 else { throw CocoaError(.executableRuntimeMismatch) }
    }

    /// What the parts of a run work with.
    func context() throws -> RunContext {
        let lock = try StationLock.take(folder, environment)
        return RunContext(
            station: try OpenStation(
                folder, configuration: folder.readConfiguration(), with: lock, environment),
            environment: environment, keys: keyRing, log: Self.silence,
            approvals: nil, products: .empty, now: try environment.now())
    }

    private var keyRing: KeyRing {
        KeyRing(PassphraseSource(file: nil, variables: [:]), log: Self.silence)
    }

    static let silence = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    func drop(_ text: String, as name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/inbox/\(name)"))
    }

    func dropLicense(_ name: String, for customer: String, as file: String) throws {
        try drop(#"{"name":"\#(name)","customer":"\#(customer)","payload":{}}"#, as: file)
    }

    /// Names in a folder, sorted; empty where the folder is not there.
    func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? [])
            .filter { $0 != ".coldmint-station" }.sorted()
    }

    /// The receipts of both kinds, as JSON, by the names of their drops.
    func receipts() throws -> [String: [String: Any]] {
        var receipts: [String: [String: Any]] = [:]
        for folder in ["accepted", "rejected"] {
            for name in names(in: "inbox/\(folder)") where name.hasSuffix(".receipt.json") {
                let data = try Data(contentsOf: URL(filePath: "\(path)/inbox/\(folder)/\(name)"))
                let json = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
                receipts[json["file"] as? String ?? name] = json
            }
        }
        return receipts
    }
}
