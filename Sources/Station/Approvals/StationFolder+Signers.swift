import DurableFiles
import SSHSignatures
import Synchronization
package import SystemPackage

extension StationFolder {
    static let signersName = FileName("signers")

    /// The list that `init` and `restore` put into the station.
    package var signers: FilePath { path.appending(Self.signersName.description) }

    /// A watch reads the same list again and again; that its keys are sound is worked out once.
    private static let lastList = Mutex<(text: [UInt8], list: AllowedSigners)?>(nil)

    /// Reads the list of signers; `nil` where the configuration names none.
    func readApprovalPolicy(
        _ configuration: Configuration
    ) throws(StationFailure) -> ApprovalPolicy? {
        let settings = configuration.approvals
        guard let setting = settings.signers else { return nil }
        let path = resolve(setting)
        let text = try SignersFile.guardedText(at: path)
        return ApprovalPolicy(
            list: try Self.list(in: text, of: path), text: text,
            namespace: ApprovalPolicy.namespace(ofIssuer: configuration.issuer),
            settings: settings)
    }

    private static func list(
        in text: [UInt8], of path: FilePath
    ) throws(StationFailure) -> AllowedSigners {
        if let last = lastList.withLock({ $0 }), last.text == text { return last.list }
        let list = try SignersFile.list(in: text, of: path)
        lastList.withLock { $0 = (text, list) }
        return list
    }
}
