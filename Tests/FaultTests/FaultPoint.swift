import Foundation
import Support

/// What strace makes of a system call.
enum Fault: String, Sendable, CaseIterable {
    /// The process is killed at the call, as a power cut or the OOM killer would.
    case kill = "signal=KILL"
    /// The call fails as on a bad disk.
    case badDisk = "error=EIO"
    /// The call fails as on a full disk.
    case fullDisk = "error=ENOSPC"
}

/// One system call of a run: the nth of its name.
struct FaultPoint: Sendable, CustomStringConvertible {
    /// The calls that change the world.
    static let calls = [
        "openat", "write", "pwrite64", "ftruncate", "renameat", "renameat2", "fsync", "fdatasync",
        "syncfs",
        "unlink", "unlinkat", "mkdir",
    ]

    let call: String
    let occurrence: Int

    var description: String { "\(call) number \(occurrence)" }

    /// Every such call that a run makes on the main thread, which does all of them, in order.
    /// Opening to read changes nothing and is left out.
    static func all(inLogOf log: String, among calls: [String] = calls) -> [FaultPoint] {
        var counts: [String: Int] = [:]
        var points: [FaultPoint] = []
        let lines = log.split(separator: "\n")
        let main = lines.first?.prefix { $0 != " " }
        for line in lines where line.prefix(while: { $0 != " " }) == main {
            let rest = line.drop { $0 != " " }.drop { $0 == " " }
            let call = String(rest.prefix { $0 != "(" })
            guard calls.contains(call) else { continue }
            counts[call, default: 0] += 1
            if call == "openat" && !rest.contains("O_CREAT") { continue }
            points.append(FaultPoint(call: call, occurrence: counts[call] ?? 0))
        }
        return points
    }

    /// Whether `scripts/test --all-faults` asks for every point.
    static let areAllTried = ProcessInfo.processInfo.environment["COLDMINT_ALL_FAULTS"] == "1"

    /// Some of the points, or all where that was asked.
    static func sample(
        _ count: Int, of points: [FaultPoint], using generator: inout SeededGenerator
    ) -> [FaultPoint] {
        areAllTried ? points : Array(points.shuffled(using: &generator).prefix(count))
    }

    /// Command-line arguments of strace for this point.
    func injection(of fault: Fault) -> [String] {
        ["-e", "trace=\(call)", "-e", "inject=\(call):\(fault.rawValue):when=\(occurrence)"]
    }
}
