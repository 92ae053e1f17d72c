import Foundation
import Subprocess
import SystemPackage

/// A process that a test has started and ends.
package struct RunningProcess: Sendable {
    package let pid: Int32

    /// Whether it has asked the kernel to be told of changes in a folder.
    package var isWatching: Bool {
        let folder = "/proc/\(pid)/fd"
        // A process that has gone watches nothing.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.contains { name in
            let target = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "\(folder)/\(name)")
            return target == "anon_inode:inotify"
        }
    }

    package func terminate() throws {
        try signal(SIGTERM)
    }

    package func signal(_ number: Int32) throws {
        guard kill(pid, number) == 0 else {
            throw WorkbenchError(description: "process \(pid) has gone")
        }
    }
}

extension Workbench {
    /// Runs the binary beside `body`, which has to end it; where it throws, the process is killed.
    package func whileRunning(
        _ arguments: [String], environment: [String: String] = [:],
        _ body: @escaping @Sendable (RunningProcess) async throws -> Void
    ) async throws -> Answer {
        var variables: [Environment.Key: String?] = [:]
        for (name, value) in environment {
            variables[Environment.Key(stringLiteral: name)] = value
        }
        let result = try await Subprocess.run(
            .path(FilePath(Self.binary)), arguments: Arguments(arguments),
            environment: .inherit.updating(variables), workingDirectory: FilePath(path),
            input: .none,
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20)
        ) { execution in
            let process = RunningProcess(pid: execution.processIdentifier.value)
            do {
                try await body(process)
            } catch {
                try? process.signal(SIGKILL)
                throw error
            }
        }
        return Answer(
            result.terminationStatus, output: result.standardOutput, errors: result.standardError)
    }

    /// Looks every few milliseconds.
    package func wait(
        for what: String, seconds: Int = 20, until isThere: @Sendable () throws -> Bool
    ) async throws {
        for _ in 0..<seconds * 100 {
            if try isThere() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw WorkbenchError(description: "waited in vain for \(what)")
    }
}
