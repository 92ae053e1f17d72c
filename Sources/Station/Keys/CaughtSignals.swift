import Glibc
import Synchronization

/// The number of the signal that came last; 0 for none.
private let lastSignal = Atomic<Int32>(0)

/// Signals that would end or stop the process, kept from doing so, in whichever thread they arrive,
/// until the value is released.
package struct CaughtSignals: ~Copyable {
    private static let ending = [
        SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGXCPU,
    ]

    private let earlierActions: [(signal: Int32, action: sigaction)]

    package init() {
        lastSignal.store(0, ordering: .relaxed)
        var catching = sigaction()
        catching.__sigaction_handler.sa_handler = { lastSignal.store($0, ordering: .relaxed) }
        var earlierActions: [(Int32, sigaction)] = []
        for number in Self.ending where !SignalAction.isIgnored(number) {
            var earlier = sigaction()
            sigaction(number, &catching, &earlier)
            earlierActions.append((number, earlier))
        }
        var ignoring = sigaction()
        ignoring.__sigaction_handler.sa_handler = SIG_IGN
        var earlier = sigaction()
        sigaction(SIGTSTP, &ignoring, &earlier)
        earlierActions.append((SIGTSTP, earlier))
        self.earlierActions = earlierActions
    }

    /// Whether one of those came that would have ended the process.
    package var endingSignalCame: Bool { lastSignal.load(ordering: .relaxed) != 0 }

    /// From here on signals do again what they did; the one that came does it now.
    package consuming func release() {
        for (number, action) in earlierActions {
            var action = action
            sigaction(number, &action, nil)
        }
        let number = lastSignal.exchange(0, ordering: .relaxed)
        guard number != 0 else { return }
        // This may be a worker thread that blocks the signal; then it would never arrive.
        var unblocked = sigset_t()
        sigemptyset(&unblocked)
        sigaddset(&unblocked, number)
        pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
        raise(number)
    }
}
