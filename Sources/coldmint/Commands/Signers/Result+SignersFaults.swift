import ArgumentParser
import Console
import Failures
import Station

extension Result where Failure == SignersFaults {
    /// What was made of a list; where the list is faulty, all its faults are printed, and the command
    /// ends.
    func orExit() throws -> Success {
        switch self {
        case .success(let value): return value
        case .failure(let faults):
            for line in faults.lines { Terminal.printMessage(line) }
            throw ExitCode(.dataError)
        }
    }
}
