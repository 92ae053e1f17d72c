import Glibc
import Station

/// Swift's runtime answers a crash with a report of registers and of the memory that they point to,
/// on standard error. In this process that could be a key.
enum CrashReports {
    private static let signals = [SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]

    /// Lets such a signal end the process without a report. One that is ignored stays ignored.
    static func refuse() {
        for number in signals where !SignalAction.isIgnored(number) { signal(number, SIG_DFL) }
    }
}
