import DurableFiles
import Station
import SystemPackage

/// The station that the Debian package makes room for.
enum InstalledStation {
    static let folder = StationFolder("/var/lib/coldmint")
    static let inbox = "/var/spool/coldmint/inbox"
    static let outbox = "/var/spool/coldmint/outbox"

    static var isThere: Bool { FileStatus.isFound(at: folder.path) }
}
