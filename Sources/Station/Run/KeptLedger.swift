import DurableFiles
import Ledger
import Synchronization
import SystemPackage

/// The ledger that a watch keeps open between its runs, so that not every drop waits for it to be
/// opened. Whatever took its place since then is opened anew.
package final class KeptLedger: Sendable {
    private struct Opened {
        let ledger: Ledger
        let file: FileStatus
    }

    private let opened = Mutex<Opened?>(nil)

    package init() {}

    /// The ledger at this path: the one that is open, where it is still the file there.
    func ledger(
        at path: FilePath, opening open: () throws(StationFailure) -> Ledger
    ) throws(StationFailure) -> Ledger {
        let file = try onDisk { () throws(FileSystemError) in try FileStatus(of: path) }
        if let kept = opened.withLock({ $0 }), kept.file.isSameFile(as: file) {
            return kept.ledger
        }
        let ledger = try open()
        opened.withLock { $0 = Opened(ledger: ledger, file: file) }
        return ledger
    }

    /// Closes it, after anything went wrong.
    func close() {
        opened.withLock { $0 = nil }
    }
}
