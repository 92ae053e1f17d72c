import Failures
import Foundation
import Station
import SystemPackage

/// A program of the customer's, called as it is shown.
struct ProgramCall {
    let program: String
    private let arguments: [String]
    private let folder: FilePath

    init(_ program: String, _ arguments: [String], in folder: FilePath) {
        self.program = program
        self.arguments = arguments
        self.folder = folder
    }

    /// As it would be typed.
    var line: String {
        ([program] + arguments).map(Self.quoted).joined(separator: " ")
    }

    static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "/._-+:@".utf8.contains(byte)
        }
        return plain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }

    private static let secondsBetweenLooks = 0.002

    /// What the program has printed; `nil` where it is not on this machine.
    ///
    /// Ends it where a signal comes that ends the process; then what it has printed is nothing.
    func answer(until signals: borrowing CaughtSignals) throws(StationFailure) -> String? {
        guard let executable = Self.path(of: program) else { return nil }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder.string)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        do {
            try process.run()
        } catch {
            throw StationFailure(.inputOutput, "\(executable): cannot be run: \(error)")
        }
        // What these programs print fits into a pipe: they never wait for a reader.
        while process.isRunning {
            if signals.endingSignalCame {
                process.terminate()
                return ""
            }
            Thread.sleep(forTimeInterval: Self.secondsBetweenLooks)
        }
        return try result(of: process, output.fileHandleForReading)
    }

    private func result(
        of process: Process, _ output: FileHandle
    ) throws(StationFailure) -> String {
        // What keeps the answer from being read is thrown away: the status is what counts.
        let bytes = (try? output.readToEnd()) ?? Data()
        let text = String(decoding: bytes, as: UTF8.self)
        guard process.terminationStatus == 0, process.terminationReason == .exit else {
            throw StationFailure(
                .inputOutput, "'\(line)' ended with \(process.terminationStatus): \(text)")
        }
        return text
    }

    private static func path(of program: String) -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return folders.split(separator: ":").map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
