import DurableFiles
import SSHSignatures
package import SystemPackage

extension StationFolder {
    static let signersName = FileName("signers")

    /// The list that `init` and `restore` put into the station.
    package var signers: FilePath { path.appending(Self.signersName.description) }

    /// Whether the keys of a list are sound takes long to work out.
    private static let lastList = LastParsed<AllowedSigners>()

    /// Reads the list of signers; `nil` where the configuration names none.
    func readApprovalPolicy(
        _ configuration: Configuration
    ) throws(StationFailure) -> ApprovalPolicy? {
        let settings = configuration.approvals
        guard let setting = settings.signers else { return nil }
        let path = resolve(setting)
        let text = try SignersFile.guardedText(at: path)
        let list = try Self.lastList.value(of: text) { text throws(StationFailure) in
            try SignersFile.list(in: text, of: path)
        }
        return ApprovalPolicy(
            list: list, text: text,
            namespace: ApprovalPolicy.namespace(ofIssuer: configuration.issuer),
            settings: settings)
    }
}
