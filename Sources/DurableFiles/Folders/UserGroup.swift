import Glibc
import SystemPackage

/// A user group of the system, which folders can be shared with.
package struct UserGroup: Sendable {
    let id: UInt32

    /// `nil` where the system knows no group of the name.
    package init?(named name: String) {
        guard let entry = getgrnam(name) else { return nil }
        id = entry.pointee.gr_gid
    }
}

/// A folder with the setgid bit is shared with its group: what is made in it belongs to the group
/// too, and the group can read it, whatever the umask. Others can read it only where they can read
/// the folder.
extension Folder {
    /// Gives the folder to a group: its members can look what is in it and read what will be.
    package func share(with group: UserGroup) throws(FileSystemError) {
        try setAccess(0o2750, group)
    }

    /// Gives the folder to a group whose members can put files into it. They can move or remove
    /// only their own.
    package func shareForDropping(with group: UserGroup) throws(FileSystemError) {
        try setAccess(0o3770, group)
    }

    /// The group first: the change of the group may take the setgid bit away.
    private func setAccess(_ mode: mode_t, _ group: UserGroup) throws(FileSystemError) {
        guard fchown(descriptor, .max, group.id) == 0, fchmod(descriptor, mode) == 0 else {
            throw .last(.setAccess, at: path)
        }
    }

    /// Gives a new folder in this one the access that the sharing of this one means.
    func share(_ child: borrowing Folder) throws(FileSystemError) {
        let parent = try status()
        guard parent.isShared else { return }
        let created = try child.status().permissions
        let wanted = parent.permissions(
            ofShared: created, readable: [.groupRead, .groupExecute],
            [.otherRead, .otherExecute])
        // Without need it is not called: systemd's RestrictSUIDSGID forbids it.
        guard wanted != created, fchmod(child.descriptor, wanted.rawValue) != 0 else { return }
        throw .last(.setAccess, at: child.path)
    }

    /// The same for a new file.
    func shareFile(_ file: Int32, _ name: FileName) throws(FileSystemError) {
        let parent = try status()
        guard parent.isShared else { return }
        guard let created = FileStatus(ofDescriptor: file)?.permissions else {
            throw .last(.inspect, name, in: path)
        }
        let wanted = parent.permissions(
            ofShared: created, readable: [.groupRead], [.otherRead])
        guard wanted != created, fchmod(file, wanted.rawValue) != 0 else { return }
        throw .last(.setAccess, name, in: path)
    }
}

extension FileStatus {
    fileprivate var isShared: Bool { permissions.contains(.setGroupID) }

    /// - Parameters:
    ///   - group: what the group can do with an entry, as far as it can do so with the folder.
    ///   - other: what others can do with it, as far as the umask lets them and they can do so with
    ///     the folder.
    fileprivate func permissions(
        ofShared created: FilePermissions, readable group: FilePermissions,
        _ other: FilePermissions
    ) -> FilePermissions {
        created.subtracting([.groupReadWriteExecute, .otherReadWriteExecute])
            .union(permissions.intersection(group))
            .union(permissions.intersection(created).intersection(other))
    }
}
