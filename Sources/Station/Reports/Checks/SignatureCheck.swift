import CalendarTime
import DurableFiles
import Failures
import LicenseRequest
import SSHSignatures
import Spool
import SystemPackage

/// Judges the signatures beside a request file, on any machine.
package struct SignatureCheck: Sendable {
    private let list: AllowedSigners
    private let text: [UInt8]
    /// `nil` where the signatures themselves say for whose station they are.
    let issuer: String?
    private let settings: ApprovalSettings
    /// Whether products that ask for more are heard.
    private let asksProducts: Bool

    /// - Parameters:
    ///   - signers: the file of those who may ask.
    ///   - issuer: of whose station the signatures are to be.
    ///   - approvals: how many people have to sign; otherwise what the station says, or one.
    init(
        signers: FilePath, issuer: String?, approvals: Int?, station: Configuration?
    ) throws(StationFailure) {
        let issuer = try issuer.map(Configuration.namedIssuer)
        text = try SignersFile.text(named: signers)
        list = try SignersFile.list(in: text, of: signers, .dataError)
        self.issuer = issuer ?? station?.issuer
        var settings = station?.approvals ?? ApprovalSettings()
        if let approvals {
            settings.approvals = approvals
            settings.approvalsFor = [:]
        }
        self.settings = settings
        asksProducts = approvals == nil
    }

    /// Who has signed the file. Its signatures are looked for where it lies.
    func approvals(
        on file: FilePath, _ digests: SignedFileDigests, for demand: DropDemand,
        at now: Timestamp
    ) throws(StationFailure) -> CheckedApprovals {
        let signatures = try Self.signatures(beside: file)
        let policy = ApprovalPolicy(
            list: list, text: text, namespace: namespace(among: signatures.map(\.text)),
            settings: settings)
        let judged = signatures.map { name, text in
            JudgedSignature(
                file: Inbox.SignatureFile(name, isClaimed: false),
                worth: .init(of: text, on: digests, under: policy, at: now), isWhole: true)
        }
        let approvals = policy.approvals(
            judged, for: asksProducts ? demand : demand.withoutProducts,
            among: policy.peopleAble(at: now))
        return CheckedApprovals(
            approvals: ApprovalView(approvals), namespace: policy.namespace)
    }

    private func namespace(among texts: [[UInt8]]) -> String {
        if let issuer { return ApprovalPolicy.namespace(ofIssuer: issuer) }
        let namespaces = texts.lazy.compactMap { text in
            // What is no signature is thrown away here: it is judged later.
            (try? SSHSignature(armored: text))?.namespace
        }
        return namespaces.first { $0.hasPrefix(ApprovalPolicy.namespace(ofIssuer: "")) }
            ?? ApprovalPolicy.namespace(ofIssuer: "")
    }

    private static func signatures(
        beside file: FilePath
    ) throws(StationFailure) -> [(name: SignatureName, text: [UInt8])] {
        guard let own = file.lastComponent else { return [] }
        let path = file.removingLastComponent()
        let folder = try onDisk { () throws(FileSystemError) in
            try Folder(opening: path.isEmpty ? "." : path)
        }
        let names = try onDisk { () throws(FileSystemError) in try folder.names() }
            .compactMap { SignatureName($0) }.filter { $0.drop == FileName(own.string) }
            .sorted { $0.precedes($1) }
        var signatures: [(name: SignatureName, text: [UInt8])] = []
        for name in names {
            signatures.append((name, try text(of: name, in: folder)))
        }
        return signatures
    }
}

extension SignatureCheck {
    /// Of what is no plain file, nothing: that is no signature.
    private static func text(
        of name: SignatureName, in folder: borrowing Folder
    ) throws(StationFailure) -> [UInt8] {
        let status = try onDisk { () throws(FileSystemError) in
            try folder.status(of: name.fileName)
        }
        guard status.isRegular, status.linkCount == 1 else { return [] }
        return try onDisk { () throws(FileSystemError) in
            try ReadableFile(opening: name.fileName, in: folder)
                .read(upTo: SSHSignature.maximumByteCount + 1)
        }
    }
}

/// Who has signed a request file that was checked.
package struct CheckedApprovals: Sendable {
    package let approvals: ApprovalView
    /// What the signatures have to be made for.
    package let namespace: String

    var problem: Problem? {
        approvals.signers.count < approvals.needed
            ? Problem(.notApproved, approvals.summary) : nil
    }
}
