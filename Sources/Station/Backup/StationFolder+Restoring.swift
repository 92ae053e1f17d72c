import Failures
package import SystemPackage

extension StationFolder {
    /// Puts a backup into the station's folder, where nothing may be yet, and makes inbox and
    /// outbox where they are missing. The station is there whole, or not at all.
    package func restore(from file: FilePath) throws(StationFailure) -> BackupReport {
        let archive = try BackupArchive.open(file)
        let text = try archive.bytes(of: archive.configuration)
        let configuration = try Self.configuration(text, of: file)
        var draft = try StationDraft.begin(of: self)
        try draft.refuseUnlessEmpty()
        do throws(StationFailure) {
            let report = try draft.fill(from: archive, text)
            _ = try SharedFolders(inboxGroup: nil, outboxGroup: nil).make(for: self, configuration)
            try draft.publish()
            return report
        } catch {
            draft.discard()
            throw error
        }
    }

    private static func configuration(
        _ text: [UInt8], of file: FilePath
    ) throws(StationFailure) -> Configuration {
        do throws(ConfigurationError) {
            return try Configuration(parsing: String(decoding: text, as: UTF8.self))
        } catch {
            throw StationFailure(
                .configuration, "\(file): \(Self.configurationName) in it: \(error)")
        }
    }
}
