import Glibc

/// Swift's runtime answers a crash with a report of registers and of the memory that they point to,
/// on standard error. In this process that could be a key.
enum CrashReports {
    private static let signals = [SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]

    /// Lets such a signal end the process without a report. One that is ignored stays ignored.
    static func refuse() {
        for number in signals {
            var action = sigaction()
            sigaction(number, nil, &action)
            if unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != ignored {
                signal(number, SIG_DFL)
            }
        }
    }

    /// `SIG_IGN` as a number, since functions cannot be compared.
    private static let ignored = 1
}
