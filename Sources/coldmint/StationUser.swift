import DurableFiles
import Failures
import Glibc
import Station
import SystemPackage

/// The user whom a station belongs to.
enum StationUser {
    /// Root becomes that user before it touches anything: files that root makes could not be read
    /// by the station's own runs, and root's rights are of no use in them. Where there is no
    /// station yet, it is the user whom its place belongs to.
    static func become(of station: StationFolder) throws(StationFailure) {
        guard geteuid() == 0 else { return }
        let path = station.path.absolute
        try refuseForeignLinks(on: path)
        guard let user = owner(ofNearest: path), user != 0 else { return }
        guard let entry = getpwuid(user) else {
            throw StationFailure(
                .noPermission,
                "\(station.path): it belongs to the user \(user), who is unknown to this system: "
                    + "give it to the user who is to run coldmint")
        }
        let group = entry.pointee.pw_gid
        guard initgroups(entry.pointee.pw_name, group) == 0, setgid(group) == 0, setuid(user) == 0
        else {
            throw StationFailure(
                .noPermission,
                "\(station.path): root cannot become its user \(user): run coldmint as that user")
        }
    }

    /// A link of another user could lead root to a station whose inbox is that user's own.
    private static func refuseForeignLinks(on path: FilePath) throws(StationFailure) {
        var part = FilePath("/")
        for component in path.components {
            part.append(component)
            // What is wrong with it is thrown away: what is not there is no link.
            guard let status = try? FileStatus(of: part, followingLinks: false) else { return }
            guard status.kind != .symbolicLink || status.owner == 0 else {
                throw StationFailure(
                    .configuration,
                    "\(part): root does not follow another user's link: name the station's folder "
                        + "itself")
            }
        }
    }

    private static func owner(ofNearest path: FilePath) -> UInt32? {
        var part = path
        while true {
            // What is wrong with it is thrown away: then what it lies in counts.
            if let status = try? FileStatus(of: part) { return status.owner }
            guard part.removeLastComponent() else { return nil }
        }
    }
}
