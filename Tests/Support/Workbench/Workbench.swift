import Foundation
import Subprocess
import SystemPackage

/// A folder of a test's own with a station in it, and the binary to work it with. The folder goes
/// with the value.
package final class Workbench: Sendable {
    package let path: String

    /// What a process answered.
    package struct Answer: Sendable {
        /// 128 and the signal's number where one ended it.
        package let status: Int32
        package let output: String
        package let errors: String

        init(_ ending: TerminationStatus, output: String, errors: String) {
            switch ending {
            case .exited(let code): status = code
            case .signaled(let signal): status = 128 + signal
            }
            self.output = output
            self.errors = errors
        }

        /// The output, which must be JSON.
        package func json() throws -> JSONTree {
            try JSONTree(output)
        }
    }

    package init() throws {
        path = NSTemporaryDirectory() + "coldmint-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// With a new station, whose issuer is https://licenses.example.com.
    package static func withStation() async throws -> Workbench {
        let bench = try Workbench()
        _ = try await bench.coldmint(
            "init", "--issuer", "https://licenses.example.com", "--no-passphrase")
        return bench
    }

    /// The repository's root.
    package static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// The binary that `COLDMINT_BINARY` names, or the one beside the tests' own.
    package static let binary =
        ProcessInfo.processInfo.environment["COLDMINT_BINARY"] ?? built("coldmint")

    /// The small program for customers and auditors.
    package static let verifier = built("coldmint-verify")

    /// A program that lies beside the tests' own.
    private static func built(_ name: String) -> String {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        return URL(filePath: tests ?? "").deletingLastPathComponent().path + "/\(name)"
    }

    // MARK: - Processes

    package func coldmint(
        _ arguments: String..., input: String = ""
    ) async throws -> Answer {
        try await run(Self.binary, arguments, input: input)
    }

    /// Runs the binary with the clock standing still at a time, in UTC: `2027-12-01 08:00:00`.
    package func coldmint(at time: String, _ arguments: String...) async throws -> Answer {
        try await run(
            "faketime", ["--exclude-monotonic", "-f", time, Self.binary] + arguments,
            environment: ["TZ": "UTC"])
    }

    /// Runs a program in the folder; names are looked up in the PATH.
    package func run(
        _ program: String, _ arguments: [String], input: String = "",
        environment: [String: String] = [:]
    ) async throws -> Answer {
        var variables: [Environment.Key: String?] = ["COLDMINT_STATION": nil]
        for (name, value) in environment {
            variables[Environment.Key(stringLiteral: name)] = value
        }
        let result = try await Subprocess.run(
            program.contains("/") ? .path(FilePath(program)) : .name(program),
            arguments: Arguments(arguments), environment: .inherit.updating(variables),
            workingDirectory: FilePath(path), input: .string(input),
            output: .string(limit: 64 << 20), error: .string(limit: 1 << 20))
        return Answer(
            result.terminationStatus, output: result.standardOutput, errors: result.standardError)
    }

    /// A line of shell.
    package func shell(_ line: String) async throws -> Answer {
        try await run("/bin/bash", ["-c", "set -o pipefail; \(line)"])
    }

    /// A line of shell that a test only prepares something by.
    package func shellOrThrow(_ line: String) async throws {
        let answer = try await shell(line)
        guard answer.status == 0 else {
            throw WorkbenchError(description: answer.output + answer.errors)
        }
    }

    // MARK: - Files

    package func write(_ text: String, to file: String) throws {
        try write(Array(text.utf8), to: file)
    }

    package func write(_ bytes: [UInt8], to file: String) throws {
        try Data(bytes).write(to: URL(filePath: "\(path)/\(file)"))
    }

    package func drop(_ text: String, as name: String) throws {
        try write(text, to: "inbox/\(name)")
    }

    /// Makes a product of this text one of the station's.
    package func sell(_ text: String, as name: String) throws {
        try FileManager.default.createDirectory(
            atPath: "\(path)/station/products", withIntermediateDirectories: true)
        try write(text, to: "station/products/\(name).json")
    }

    package func read(_ file: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(path)/\(file)")), as: UTF8.self)
    }

    package func readBytes(_ file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(path)/\(file)")))
    }

    /// The file in an inbox or outbox that names the station it belongs to.
    package static let mark = ".coldmint-station"

    /// Names in a folder, sorted, without the mark of its station; empty where the folder is not
    /// there.
    package func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? [])
            .filter { $0 != Self.mark }.sorted()
    }

    /// The receipts of a drop, by its own name, whatever was put before it.
    package func receipts(of drop: String) throws -> [JSONTree] {
        try ["accepted", "rejected"].flatMap { folder in
            try names(in: "inbox/\(folder)").filter { $0.hasSuffix("-\(drop).receipt.json") }
                .map { try JSONTree(try read("inbox/\(folder)/\($0)")) }
        }
    }

    /// The only receipt of a drop.
    package func receipt(of drop: String) throws -> JSONTree {
        let receipts = try receipts(of: drop)
        guard receipts.count == 1 else {
            throw WorkbenchError(description: "\(drop) has \(receipts.count) receipts")
        }
        return receipts[0]
    }

    /// The names of the licenses in a bundle of the outbox with their tokens, as the customer
    /// finds them.
    package func delivered(_ bundle: String) async throws -> [String: String] {
        let folder = "unpacked-\(UUID().uuidString)"
        try await unpack(bundle, into: folder)
        let root = "\(folder)/\(names(in: folder).first ?? "")"
        var tokens: [String: String] = [:]
        for license in try JSONTree(try read("\(root)/manifest.json"))["licenses"].elements {
            tokens[license["name"].string ?? ""] = try read(
                "\(root)/\(license["path"].string ?? "")")
        }
        return tokens
    }

    /// Unpacks a bundle of the outbox into a folder.
    package func unpack(_ bundle: String, into folder: String) async throws {
        let answer = try await shell(
            "mkdir -p '\(folder)' && tar -xf 'outbox/\(bundle)' -C '\(folder)'")
        guard answer.status == 0 else { throw WorkbenchError(description: answer.errors) }
    }
}

package struct WorkbenchError: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) {
        self.description = description
    }
}
