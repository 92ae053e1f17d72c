import DurableFiles
import Failures
import SSHSignatures
package import SystemPackage

/// Those who may ask for licenses of a new station, as a file of the operator's names them.
package struct NewSigners: Sendable {
    /// The bytes of the file; all of it is in order.
    let text: [UInt8]
    package let peopleCount: Int

    /// What `station.yaml` calls the station's own copy.
    static let setting = StationFolder.signersName.description

    /// Reads the list, which comes before anything is made.
    ///
    /// - Returns: what is wrong with it, where anything is.
    package static func read(
        _ path: FilePath
    ) throws(StationFailure) -> Result<NewSigners, SignersFaults> {
        let text = try text(of: path)
        do throws(AllowedSignersError) {
            let list = try AllowedSigners(parsing: text)
            return .success(NewSigners(text: text, peopleCount: list.people.count))
        } catch {
            return .failure(SignersFaults(file: path, error))
        }
    }

    private static func text(of path: FilePath) throws(StationFailure) -> [UInt8] {
        do throws(StationFailure) {
            return try SignersReport.signersText(named: path)
        } catch {
            guard case .fileSystem(let cause) = error.cause, cause.errno == .permissionDenied else {
                throw error
            }
            // Root has become the station's user by now.
            throw StationFailure(
                .noPermission,
                "\(cause): the list is read as the user whom the station belongs to: copy it to a "
                    + "folder that this user can look into, and let them read it",
                cause: .fileSystem(cause))
        }
    }
}
