package import Failures
import StrictJSON

/// What came of checking one file.
package protocol CheckedFile: PrintableResult {
    var isValid: Bool { get }
    /// What people should know besides.
    var warnings: [String] { get }
}

extension Terminal {
    /// Checks one file after the other and prints what came of it. One that cannot be read is
    /// reported and does not keep the others from being checked.
    ///
    /// - Returns: how the process should end.
    package static func showChecks<Result: CheckedFile, Failure: StatedFailure>(
        of files: [String], asJSON: Bool, _ check: (String) throws(Failure) -> Result
    ) throws(CommandFailure) -> ExitStatus {
        var views: [OrderedJSON] = []
        var status = ExitStatus.success
        for file in files {
            let result: Result
            do throws(Failure) {
                result = try check(file)
            } catch {
                printMessage(error.description)
                status = error.status
                continue
            }
            if asJSON { views.append(result.json) } else { try show(result) }
            if !result.isValid && status == .success { status = .dataError }
        }
        if asJSON { try printJSON(.array(views)) }
        return status
    }

    private static func show(_ result: some CheckedFile) throws(CommandFailure) {
        try show(result, asJSON: false)
        for warning in result.warnings { printMessage(warning) }
    }
}
