import Console
import Failures
import Glibc
import Signing
import SystemPackage

extension Terminal {
    /// Writes straight from guarded memory: no copy of the secret is made.
    static func write(secret: borrowing SecretBytes) throws(CommandFailure) {
        do {
            _ = try secret.withUnsafeBytes { try FileDescriptor.standardOutput.writeAll($0) }
        } catch {
            throw CommandFailure(.inputOutput, "standard output cannot be written: \(error)")
        }
    }

    /// A secret must not land in a file that others can read.
    static func refuseReadableOutput() throws(CommandFailure) {
        var status = stat()
        guard fstat(STDOUT_FILENO, &status) == 0 else { return }
        let isFile = status.st_mode & S_IFMT == S_IFREG
        let isPipe = status.st_mode & S_IFMT == S_IFIFO
        let isOpenToOthers =
            (isFile || isPipe) && status.st_mode & 0o077 != 0
            || isFile && status.st_uid != geteuid()
        guard isOpenToOthers else { return }
        throw CommandFailure(
            .noPermission,
            "standard output is a file that others can read: run 'umask 077' and write a new file")
    }
}
