import Glibc

/// What a signal does to this process.
package enum SignalAction {
    /// `SIG_IGN` as a number, since functions cannot be compared.
    private static let ignored = 1

    /// Whether whoever started the process has it ignore the signal.
    package static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == ignored
    }
}
