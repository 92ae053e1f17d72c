/// How the process ends: `declined`, or as in sysexits.h.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    case success = 0
    /// A question was answered with no, and nothing was done.
    case declined = 1
    case usage = 64
    case dataError = 65
    case noInput = 66
    case cannotCreate = 73
    case inputOutput = 74
    case tryAgain = 75
    case noPermission = 77
    case configuration = 78
}
