package import CalendarTime
package import LicenseToken
import PlainText
package import Signatures
import TransparencyLog

/// Holds what a bundle carries of the log against the rest of the bundle: the same for the writer and
/// for whoever checks it.
package struct LogCheck {
    private let bundle: BundleName
    private let issuedAt: Timestamp
    private let tokens: [SHA256Digest]
    private let publicKey: VerificationKey
    private let keys: JWKSet

    /// - Parameters:
    ///   - tokens: the digests of all tokens in the bundle, in any order.
    ///   - publicKey: the key that signs the bundle.
    ///   - keys: those that the bundle hands out.
    package init(
        bundle: BundleName, issuedAt: Timestamp, tokens: [SHA256Digest],
        publicKey: VerificationKey, keys: JWKSet
    ) {
        self.bundle = bundle
        self.issuedAt = issuedAt
        self.tokens = tokens
        self.publicKey = publicKey
        self.keys = keys
    }

    package func facts(of evidence: LogEvidence) throws(BundleError) -> BundleLogFacts {
        let head = try Self.checkpoint(evidence.checkpoint, BundleFile.checkpoint)
        guard !head.checkpoint.origin.hasControls else {
            throw .log(BundleFile.checkpoint, "names a log with control characters")
        }
        guard head.isSigned(by: publicKey) else {
            throw .log(
                BundleFile.checkpoint,
                "is not signed by the bundle's key for the log that it names")
        }
        let index = try index(provenBy: evidence.proof, under: evidence.checkpoint)
        let cosigned = try evidence.cosigned.map { cosigned throws(BundleError) in
            try older(cosigned, followedBy: head, evidence.checkpoint)
        }
        return BundleLogFacts(index: index, checkpoint: head, cosigned: cosigned)
    }

    // MARK: - The entry

    private func index(
        provenBy bytes: [UInt8], under head: [UInt8]
    ) throws(BundleError) -> Int64 {
        let path = BundleFile.logProof
        let proof: LogProof
        do { proof = try LogProof(parsing: bytes) } catch {
            throw .log(path, "is no proof: \(error)")
        }
        guard proof.bytes == bytes else { throw .malformed(path) }
        guard proof.checkpoint.bytes == head else {
            throw .log(path, "is for another head of the log than the file checkpoint")
        }
        guard let text = proof.extra, let entry = BundleEntry(parsing: text) else {
            throw .log(path, "does not have the log's entry of a bundle")
        }
        try check(entry)
        guard proof.isValid(leaf: MerkleTree.leafHash(text)) else {
            throw .log(path, "does not show that the log has the bundle's entry at its place")
        }
        return proof.inclusion.index
    }

    private func check(_ entry: BundleEntry) throws(BundleError) {
        let path = BundleFile.logProof
        guard
            entry.bundle.utf8.elementsEqual(bundle.description.utf8), entry.run == bundle.run
        else { throw .log(path, "is for another bundle than this one") }
        guard entry.time == issuedAt else {
            throw .log(path, "names another time than manifest.json: \(entry.time)")
        }
        let expected = BundleEntry(
            time: issuedAt, name: bundle, tokens: tokens, salt: entry.salt)
        guard entry.licenseCount == expected.licenseCount else {
            throw .log(
                path,
                "is for \(entry.licenseCount) licenses, and the bundle holds "
                    + "\(expected.licenseCount)")
        }
        guard entry.tokens == expected.tokens else {
            throw .log(path, "is for other licenses than those in the bundle")
        }
    }

    // MARK: - The older head

    private func older(
        _ cosigned: LogEvidence.Cosigned, followedBy head: SignedCheckpoint, _ headBytes: [UInt8]
    ) throws(BundleError) -> SignedCheckpoint {
        let path = BundleFile.cosignedCheckpoint
        let old = try Self.checkpoint(cosigned.checkpoint, path)
        guard old.checkpoint.origin.utf8.elementsEqual(head.checkpoint.origin.utf8) else {
            throw .log(path, "is the head of another log than the file checkpoint")
        }
        guard old.checkpoint.size <= head.checkpoint.size else {
            throw .log(path, "is the head of a larger log than the file checkpoint")
        }
        guard keys.keys.contains(where: { old.isSigned(by: $0.key) }) else {
            throw .log(path, "is not signed by a key in jwks.json for the log that it names")
        }
        try check(cosigned.consistency, from: old.checkpoint, to: headBytes)
        return old
    }

    private func check(
        _ bytes: [UInt8], from old: Checkpoint, to head: [UInt8]
    ) throws(BundleError) {
        let path = BundleFile.consistency
        let update: CheckpointUpdate
        do { update = try CheckpointUpdate(parsing: bytes) } catch {
            throw .log(path, "is no proof: \(error)")
        }
        guard update.bytes == bytes else { throw .malformed(path) }
        guard update.checkpoint.bytes == head else {
            throw .log(path, "leads to another head of the log than the file checkpoint")
        }
        guard update.oldSize == old.size, update.isValid(oldRoot: old.root) else {
            throw .log(
                path, "does not show that the log follows from what was cosigned of it")
        }
    }

    private static func checkpoint(
        _ bytes: [UInt8], _ path: String
    ) throws(BundleError) -> SignedCheckpoint {
        let signed: SignedCheckpoint
        do { signed = try SignedCheckpoint(parsing: bytes) } catch {
            throw .log(path, "is no signed head of a log: \(error)")
        }
        guard signed.bytes == bytes else { throw .malformed(path) }
        return signed
    }
}
