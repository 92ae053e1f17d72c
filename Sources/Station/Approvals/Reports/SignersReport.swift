package import CalendarTime
import Failures
import SSHSignatures
import Signatures
package import SystemPackage

/// A list of those who may ask, as people see it.
package struct SignersReport: Sendable {
    package struct Entry: Sendable {
        package enum State: String, Sendable {
            case valid
            case notYetValid = "not-yet-valid"
            case expired
            /// The key may sign for others only.
            case otherNamespace = "other-namespace"
        }

        package let person: String
        package let keyType: String
        package let key: String
        /// As the list has them; `nil` where the key may sign for anybody.
        package let namespaces: String?
        package let validAfter: Timestamp?
        package let validBefore: Timestamp?
        package let state: State
        /// Whether the key has to be touched when it signs.
        package let isSecurityKey: Bool
        package let comment: String?
    }

    package let file: FilePath
    package let entries: [Entry]
    package let people: Int
    /// The SHA-256 of the file, in hexadecimal.
    package let digest: String
    /// How many people have to sign a drop; `nil` without a station.
    package let approvals: ApprovalSettings?
    /// What nobody can bring about with the list as it is now.
    package let shortage: String?
}

/// What is wrong with a list of signers, line by line.
package struct SignersFaults: Error, Sendable {
    package let file: FilePath
    package let faults: [(line: Int, message: String)]

    init(file: FilePath, _ error: AllowedSignersError) {
        self.file = file
        faults = error.faults.map { ($0.line, $0.message) }
    }
}

extension SignersReport {
    /// The list of a station, which a run would read.
    package static func ofStation(
        _ folder: StationFolder, at now: Timestamp
    ) throws(StationFailure) -> SignersReport {
        let configuration = try folder.readConfiguration()
        guard let policy = try folder.readApprovalPolicy(configuration) else {
            throw StationFailure(
                .configuration,
                "\(folder.configuration): nobody has to sign for this station: name a file of those "
                    + "who may ask with the setting 'signers'")
        }
        return SignersReport(
            policy.list, file: folder.resolve(policy.settings.signers ?? ""),
            namespace: policy.namespace, approvals: policy.settings,
            shortage: policy.shortage(try folder.readProducts(configuration), at: now), at: now)
    }

    /// Any list.
    ///
    /// - Parameter issuer: of whose station it is to be; `nil` where that is of no interest.
    /// - Returns: what is wrong with it, where anything is.
    package static func ofFile(
        _ path: FilePath, issuer: String?, at now: Timestamp
    ) throws(StationFailure) -> Result<SignersReport, SignersFaults> {
        let issuer = try issuer.map(Configuration.namedIssuer)
        let text = try SignersFile.text(named: path)
        do throws(AllowedSignersError) {
            return .success(
                SignersReport(
                    try AllowedSigners(parsing: text), file: path,
                    namespace: issuer.map(ApprovalPolicy.namespace), approvals: nil, at: now))
        } catch {
            return .failure(SignersFaults(file: path, error))
        }
    }

    private init(
        _ list: AllowedSigners, file: FilePath, namespace: String?, approvals: ApprovalSettings?,
        shortage: String? = nil, at now: Timestamp
    ) {
        self.file = file
        self.approvals = approvals
        self.shortage = shortage
        entries = list.entries.map { Entry($0, namespace: namespace, at: now) }
        people = list.people.count
        digest = list.digest.description
    }
}

extension SignersReport.Entry {
    fileprivate init(_ entry: AllowedSigners.Entry, namespace: String?, at now: Timestamp) {
        person = entry.person
        keyType = entry.publicKey.typeName
        key = entry.publicKey.fingerprint
        namespaces = entry.namespaces
        validAfter = entry.validAfter
        validBefore = entry.validBefore
        comment = entry.comment
        isSecurityKey = entry.publicKey.kind != .ed25519
        state =
            if let namespace, !entry.allows(namespace: namespace) {
                .otherNamespace
            } else if entry.isValid(at: now) {
                .valid
            } else {
                entry.validAfter.map { now < $0 } ?? false ? .notYetValid : .expired
            }
    }
}
