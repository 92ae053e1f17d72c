import DurableFiles
import Failures
import Glibc
import Station

/// The user whom a station belongs to.
enum StationUser {
    /// Root becomes that user before it touches anything: files that root makes could not be read
    /// by the station's own runs, and root's rights are of no use in them.
    static func become(of station: StationFolder) throws(StationFailure) {
        // What is wrong with the folder is thrown away: the command says it.
        guard geteuid() == 0, let status = try? FileStatus(of: station.path), status.owner != 0
        else { return }
        let user = status.owner
        guard let entry = getpwuid(user) else {
            throw StationFailure(
                .noPermission,
                "\(station.path): it belongs to the user \(user), who is unknown to this system: give "
                    + "it to the user who is to run coldmint")
        }
        let group = entry.pointee.pw_gid
        guard initgroups(entry.pointee.pw_name, group) == 0, setgid(group) == 0, setuid(user) == 0
        else {
            throw StationFailure(
                .noPermission,
                "\(station.path): root cannot become its user \(user): run coldmint as that user")
        }
    }
}
