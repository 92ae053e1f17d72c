import DurableFiles
import Failures
import Ledger
package import SystemPackage

extension StationFolder {
    /// Puts a backup into the station's folder, where nothing may be yet, and makes inbox and
    /// outbox where they are missing. The station is there whole, or not at all.
    ///
    /// That there was a restore is recorded in the station's log.
    package func restore(
        from file: FilePath, environment: SystemEnvironment
    ) throws(StationFailure) -> BackupReport {
        let now = try environment.now()
        let seed = try environment.randomBytes(HeadSigner.seedByteCount)
        let archive = try BackupArchive.open(file)
        let text = try archive.bytes(of: archive.configuration)
        let configuration = try Self.configuration(text, of: file)
        let signers = try archive.signers(for: configuration)
        let products = try archive.productFiles()
        let logo = try archive.logoFile(for: configuration)
        var draft = try StationDraft.begin(of: self)
        try draft.refuseUnlessEmpty()
        do throws(StationFailure) {
            let report = try draft.fill(from: archive, signers, products, logo, text)
            try draft.recordRestore(of: report, at: now, seed: seed)
            _ = try SharedFolders(inboxGroup: nil, outboxGroup: nil).make(for: self, configuration)
            try draft.publish()
            return report
        } catch {
            draft.discard()
            throw error
        }
    }

    /// Where `station.yaml` has the list of signers, if that is not where `restore` has put it.
    package func signersElsewhere(_ configuration: Configuration) -> FilePath? {
        guard let setting = configuration.approvals.signers else { return nil }
        let path = resolve(setting)
        guard path != signers.lexicallyNormalized() else { return nil }
        // Why one cannot be seen is thrown away: then it is not the other.
        if let named = try? FileStatus(of: path), let own = try? FileStatus(of: signers),
            named.isSameFile(as: own)
        {
            return nil
        }
        return path
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
