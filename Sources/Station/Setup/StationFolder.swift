import DurableFiles
import Foundation
import Glibc
import LicenseToken
import Spool
package import SystemPackage

/// Where a station's parts are.
package struct StationFolder: Sendable, Equatable {
    package let path: FilePath

    package init(_ path: FilePath) {
        self.path = path
    }

    var configuration: FilePath { path.appending("station.yaml") }
    var keys: FilePath { path.appending("keys") }
    var ledger: FilePath { path.appending("ledger.sqlite") }
    var lock: FilePath { path.appending("lock") }

    func keyFile(_ kid: KeyID) -> FilePath {
        keys.appending(Self.keyFileName(kid).description)
    }

    /// The thumbprint may begin with a hyphen, hence the word before it.
    static func keyFileName(_ kid: KeyID) -> FileName {
        FileName("\(keyFilePrefix)\(kid).key")
    }

    /// Whether a name is that of a key's file while it is written.
    static func isKeyDraft(_ name: FileName) -> Bool {
        name.description.hasPrefix(".\(keyFilePrefix)") && name.description.hasSuffix(".key.part")
    }

    private static let keyFilePrefix = "ed25519-"

    /// A path of the configuration, seen from here.
    func resolve(_ setting: String) -> FilePath {
        path.pushing(FilePath(setting)).lexicallyNormalized()
    }

    package func readConfiguration() throws(StationFailure) -> Configuration {
        var status = stat()
        let found = configuration.withPlatformString { stat($0, &status) }
        guard found == 0 || errno == EACCES else {
            throw StationFailure(
                .configuration,
                "\(configuration): no station here: make one with 'coldmint init', "
                    + "or name its folder with --station")
        }
        guard let data = FileManager.default.contents(atPath: configuration.string) else {
            throw StationFailure(
                .configuration,
                "\(configuration): cannot be read: check its owner and mode, or run coldmint as "
                    + "the station's user")
        }
        do throws(ConfigurationError) {
            return try Configuration(parsing: String(decoding: data, as: UTF8.self))
        } catch {
            throw StationFailure(.configuration, "\(configuration): \(error)")
        }
    }
}
