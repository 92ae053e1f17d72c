import DurableFiles
import Failures

/// The right to change a station, which one process has at a time, until the value goes out of
/// scope.
struct StationLock: ~Copyable {
    /// How long a command of an operator's waits for a run that is at work.
    static let commandSeconds = 30.0
    private static let secondsBetweenAttempts = 0.1

    private let lock: FileLock

    /// - Parameter seconds: how long to wait for a process that has it.
    static func take(
        _ folder: StationFolder, waitingUpTo seconds: Double = 0, _ environment: SystemEnvironment
    ) throws(StationFailure) -> StationLock {
        for attempt in 0...Int(seconds / secondsBetweenAttempts) {
            if attempt > 0 { environment.pause(secondsBetweenAttempts) }
            let lock = try onDisk { () throws(FileSystemError) in
                try FileLock.take(at: folder.lock)
            }
            if let lock { return StationLock(lock: lock) }
        }
        throw StationFailure(
            .tryAgain, "\(folder.lock): another run is at work on this station: try again later")
    }
}
