import DurableFiles
import Failures
import LicenseToken
package import SystemPackage

/// Where a station's parts are.
package struct StationFolder: Sendable, Equatable {
    package let path: FilePath

    package init(_ path: FilePath) {
        self.path = path
    }

    /// Where a station is looked for unless its folder is named.
    package static let standard = StationFolder("station")

    static let configurationName = FileName("station.yaml")
    static let keysName = FileName("keys")
    static let ledgerName = FileName("ledger.sqlite")

    var configuration: FilePath { path.appending(Self.configurationName.description) }
    var keys: FilePath { path.appending(Self.keysName.description) }
    var ledger: FilePath { path.appending(Self.ledgerName.description) }
    var lock: FilePath { path.appending("lock") }

    func keyFile(_ kid: KeyID) -> FilePath {
        keys.appending(Self.keyFileName(kid).description)
    }

    /// The thumbprint may begin with a hyphen, hence the word before it.
    static func keyFileName(_ kid: KeyID) -> FileName {
        FileName("\(keyFilePrefix)\(kid).key")
    }

    /// Whether a name is that of a key's file, or of one that is being written.
    static func isKeyFile(_ name: FileName) -> Bool {
        isKeyDraft(name)
            || name.description.hasPrefix(keyFilePrefix) && name.description.hasSuffix(".key")
    }

    /// Whether a name is that of a key's file while it is written.
    static func isKeyDraft(_ name: FileName) -> Bool {
        name.description.hasPrefix(".\(keyFilePrefix)") && name.description.hasSuffix(".key.part")
    }

    private static let keyFilePrefix = "ed25519-"

    /// SQLite's rollback journal beside a database of this name.
    static func journalName(of database: FileName) -> FileName {
        FileName("\(database)-journal")
    }

    /// A path of the configuration, seen from here.
    func resolve(_ setting: String) -> FilePath {
        path.pushing(FilePath(setting)).lexicallyNormalized()
    }

    /// Where requests are dropped.
    package func inbox() throws(StationFailure) -> FilePath {
        resolve(try readConfiguration().inbox)
    }

    private static let lastConfiguration = LastParsed<Configuration>()

    package func readConfiguration() throws(StationFailure) -> Configuration {
        guard isConfigurationThere() else {
            throw StationFailure(
                .configuration,
                "\(configuration): no station here: make one with '\(initCommand)', name the folder "
                    + "of another with --station, or see how it goes with 'coldmint demo'")
        }
        return try configuration(parsing: try configurationBytes())
    }

    /// What the bytes of `station.yaml` say.
    func configuration(parsing bytes: [UInt8]) throws(StationFailure) -> Configuration {
        do throws(ConfigurationError) {
            return try Self.lastConfiguration.value(of: bytes) { bytes throws(ConfigurationError) in
                try Configuration(parsing: String(decoding: bytes, as: UTF8.self))
            }
        } catch {
            throw StationFailure(.configuration, "\(configuration): \(error)")
        }
    }

    private var initCommand: String {
        "coldmint \(self == .standard ? "" : "--station \(path) ")init --issuer https://…"
    }

    /// A folder that this user may not look into may hold a station.
    package func isConfigurationThere() -> Bool {
        do throws(FileSystemError) {
            _ = try FileStatus(of: configuration)
            return true
        } catch {
            return error.errno == .permissionDenied
        }
    }

    func configurationBytes() throws(StationFailure) -> [UInt8] {
        do throws(FileSystemError) {
            let file = try ReadableFile.regular(at: configuration, followingLinks: true)
            return try file.read(upTo: ConfigurationText.maximumByteCount + 1)
        } catch {
            throw StationFailure(
                .configuration,
                "\(error), or run coldmint as the station's user", cause: .fileSystem(error))
        }
    }
}
