import ArgumentParser
import Station
import StrictJSON

/// A command that checks each of the files that it is given.
protocol FileCheckingCommand: ParsableCommand {
    var json: Bool { get }
    var files: [String] { get }
}

/// What came of checking one file.
protocol CheckedFile: PrintableResult {
    var isValid: Bool { get }
    /// What people should know besides.
    var warnings: [String] { get }
}

extension FileCheckingCommand {
    /// Checks one file after the other. One that cannot be read is reported and does not keep
    /// the others from being checked.
    func checkFiles<Result: CheckedFile>(
        _ check: (String) throws(StationFailure) -> Result
    ) throws {
        var views: [OrderedJSON] = []
        var status = ExitStatus.success
        for file in files {
            do throws(StationFailure) {
                let result = try check(file)
                if json { views.append(result.json) } else { try show(result) }
                if !result.isValid && status == .success { status = .dataError }
            } catch {
                Terminal.printMessage(error.description)
                status = error.status
            }
        }
        if json { try Terminal.printJSON(.array(views)) }
        if status != .success { throw ExitCode(status) }
    }

    private func show(_ result: some CheckedFile) throws(StationFailure) {
        try Terminal.show(result, asJSON: false)
        for warning in result.warnings { Terminal.printMessage(warning) }
    }
}
