import DurableFiles
import Failures
import SSHSignatures
package import SystemPackage

/// Those who may ask for licenses of a station that is made or restored.
package struct NewSigners: Sendable {
    /// The bytes of the list; all of it is in order.
    let text: [UInt8]
    package let peopleCount: Int

    /// What `station.yaml` calls the station's own copy.
    static let setting = StationFolder.signersName.description

    init(parsing text: [UInt8]) throws(AllowedSignersError) {
        peopleCount = try AllowedSigners(parsing: text).people.count
        self.text = text
    }

    /// Reads the list, which comes before anything is made.
    ///
    /// - Returns: what is wrong with it, where anything is.
    package static func read(
        _ path: FilePath
    ) throws(StationFailure) -> Result<NewSigners, SignersFaults> {
        let text = try text(of: path)
        do throws(AllowedSignersError) {
            return .success(try NewSigners(parsing: text))
        } catch {
            return .failure(SignersFaults(file: path, error))
        }
    }

    private static func text(of path: FilePath) throws(StationFailure) -> [UInt8] {
        do throws(StationFailure) {
            return try SignersFile.text(named: path)
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
