import DurableFiles
import Ledger
import SSHSignatures
import Signatures
import Spool
import SystemPackage

/// Verifies every signature that the ledger keeps, by the list that was in force when it counted.
struct SignatureAudit {
    private(set) var findings: [String] = []
    private(set) var signatureCount = 0
    /// Drops in `accepted/` that are no longer those that were accepted. They still belong to
    /// whoever dropped them.
    private(set) var changedDrops: [String] = []

    private let station: OpenStation
    private let maximumFindings: Int
    /// Those that are in order, by their digests.
    private var lists: [SHA256Digest: AllowedSigners] = [:]

    init(_ station: OpenStation, upTo maximumFindings: Int) throws(StationFailure) {
        self.station = station
        self.maximumFindings = maximumFindings
        try checkLists()
        let digests = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.digestsOfSeveralDrops()
        }
        for digest in digests {
            add("signatures on drops of different bytes cover the same digest \(digest)")
        }
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.forEachSignedDrop { check($0) }
        }
    }

    private mutating func add(_ finding: String) {
        if findings.count < maximumFindings { findings.append(finding) }
    }

    private mutating func checkLists() throws(StationFailure) {
        let records = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.signersLists()
        }
        for record in records {
            // What is wrong with it is thrown away: it was read without fault once.
            if let list = try? AllowedSigners(parsing: record.text), list.digest == record.digest {
                lists[record.digest] = list
            } else {
                add("the list of signers \(record.digest) is not the one of its digest")
            }
        }
    }

    private mutating func check(_ drop: SignedDropRecord) {
        let name = "drop \(FileName(bytes: drop.claim))"
        guard let digest = drop.list else {
            add("\(name): people had to sign it, and the list of signers is no longer recorded")
            return
        }
        guard let list = lists[digest] else { return }
        var people: Set<String> = []
        for record in drop.signatures {
            signatureCount += 1
            if let fault = Self.fault(of: record, on: drop, by: list) {
                add("\(name): the signature of \(record.signer) \(fault)")
            } else {
                people.insert(record.signer)
            }
        }
        guard drop.outcome == .accepted else { return }
        guard let needed = drop.approvalsNeeded else {
            add("\(name): it was accepted, and how many people had to sign it is not recorded")
            return
        }
        if Int64(people.count) < needed {
            add("\(name): it was accepted with \(people.count) of the \(needed) approvals it needs")
        }
        if let fault = keptDropFault(of: drop) { add("\(name): \(fault)") }
    }

    /// What is wrong with a kept signature, if anything is.
    private static func fault(
        of record: SignatureRecord, on drop: SignedDropRecord, by list: AllowedSigners
    ) -> String? {
        let signature: SSHSignature
        do throws(SSHFormatError) {
            signature = try SSHSignature(blob: record.signature)
        } catch {
            return "is none: \(error)"
        }
        if signature.hashAlgorithm == .sha256, record.digest != drop.sha256?.bytes {
            return "covers another drop"
        }
        let judgement = list.judge(
            signature, ofDigest: record.digest,
            namespace: ApprovalPolicy.namespace(ofIssuer: drop.issuer), at: drop.time)
        switch judgement {
        case .doesNotFit: return "does not verify"
        case .fitsButDoesNotCount(let refusal): return "did not count: \(refusal)"
        case .counts(let entry):
            let isTheirs =
                entry.person == record.signer && entry.publicKey.fingerprint == record.key
            return isTheirs ? nil : "is of \(entry.person), with the key \(record.key)"
        }
    }

    /// Holds the signatures against the drop itself, where it still lies in the inbox.
    private mutating func keptDropFault(of drop: SignedDropRecord) -> String? {
        guard !drop.signatures.isEmpty, let claim = ClaimName(FileName(bytes: drop.claim)) else {
            return nil
        }
        let path = station.folder.resolve(station.configuration.inbox)
            .appending(claim.acceptedPath)
        var sha256 = SHA256()
        var sha512 = SHA512()
        do throws(FileSystemError) {
            let file = try ReadableFile.regular(at: path)
            try file.forEachPiece { piece in
                sha256.update(piece)
                sha512.update(piece)
            }
        } catch {
            // Whoever keeps the drops elsewhere may.
            return nil
        }
        let digests = SignedFileDigests(sha256: sha256.finish(), sha512: sha512.finish())
        if digests.sha256 != drop.sha256 {
            if changedDrops.count < maximumFindings { changedDrops.append("\(claim.fileName)") }
            return nil
        }
        let areTheirs = drop.signatures.allSatisfy { record in
            [digests.sha256.bytes, digests.sha512.bytes].contains(record.digest)
        }
        return areTheirs ? nil : "its signatures cover another file than the one in accepted/"
    }
}
