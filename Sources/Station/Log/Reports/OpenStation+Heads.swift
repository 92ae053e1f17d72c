import DurableFiles
import Failures
import Ledger
import LicenseToken
import Signatures
package import SystemPackage
import TransparencyLog

/// What the log says of itself to those who want to check it.
extension OpenStation {
    /// The log's newest head, as it lies in the outbox, with the cosignatures that have come in.
    package func newestCheckpoint() throws(StationFailure) -> [UInt8] {
        let head = try newestHead()
        return try fromLedger { ledger throws(LedgerError) in try ledger.note(of: head) }
    }

    /// The keys that may sign heads, under the name that holds now, as notes' verifiers write them;
    /// the active one first.
    package func headVerifiers() throws(StationFailure) -> [String] {
        let name = try currentLogOrigin()
        let keys = try keys().filter { $0.state != .retired }
        let active = keys.filter { $0.state == .active } + keys.filter { $0.state != .active }
        return try mappingLogErrors { () throws(NoteError) in
            var vkeys: [String] = []
            for key in active {
                vkeys.append(try NoteVerifier(name: name, key: key.publicKey).vkey)
            }
            return vkeys
        }
    }

    /// The newest head with the proof that it follows from an older one: what an auditor is asked to
    /// cosign.
    ///
    /// - Parameter file: has the older checkpoint; `-` is standard input.
    package func update(fromCheckpointIn file: FilePath) throws(StationFailure) -> [UInt8] {
        let old = try SignedCheckpoint(readingFrom: file)
        let head = try newestHead()
        if case .unknown(let reason) = try CheckpointHistory(of: self).judge(old) {
            throw StationFailure(
                .dataError,
                "\(file): the checkpoint \(reason): keep it, and find out which of the two is the "
                    + "true one; where this ledger is an old copy, put the newest one back")
        }
        let size = old.checkpoint.size
        guard size <= head.size else {
            throw StationFailure(
                .dataError,
                "\(file): the checkpoint has \(size) entries, and no head of this log more than "
                    + "\(head.size): find out who has signed it")
        }
        let proof = try fromLedger { ledger throws(LedgerError) in
            try ledger.withLogTree { tree throws(TreeError<LedgerError.Reason>) in
                try tree.consistencyProof(from: size, to: head.size)
            }
        }
        return try mappingLogErrors { () throws(LogProofError) in
            try CheckpointUpdate(consistency: proof, checkpoint: Self.signed(head.note)).bytes
        }
    }

    /// The proof that a bundle's licenses are in the log, by the newest head.
    ///
    /// - Parameter name: a bundle, its tar, or a license, which stands for the first bundle that has
    ///   carried it.
    package func logProof(of name: String) throws(StationFailure) -> [UInt8] {
        let head = try newestHead()
        let entry = try bundleEntry(of: name)
        guard entry.number < head.size else { throw noHead() }
        let proof = try fromLedger { ledger throws(LedgerError) in
            try ledger.withLogTree { tree throws(TreeError<LedgerError.Reason>) in
                try tree.inclusionProof(of: entry.number, inTreeOfSize: head.size)
            }
        }
        let note = try fromLedger { ledger throws(LedgerError) in try ledger.note(of: head) }
        return try mappingLogErrors { () throws(LogProofError) in
            try LogProof(
                extra: entry.text, inclusion: proof, checkpoint: Self.signed(note)
            ).bytes
        }
    }

    func newestHead() throws(StationFailure) -> LogHeadRecord {
        let head = try fromLedger { ledger throws(LedgerError) in try ledger.newestHead() }
        guard let head else { throw noHead() }
        return head
    }

    private func noHead() -> StationFailure {
        StationFailure(
            .noInput,
            "\(folder.ledger): the log has no signed head yet: the next run that issues something "
                + "signs one")
    }

    /// The name under which heads are signed now.
    func currentLogOrigin() throws(StationFailure) -> String {
        let issuer = configuration.issuer
        return try fromLedger { ledger throws(LedgerError) in
            if let last = try ledger.logOrigins().last { return last.origin }
            return try ledger.firstLogOrigin(issuer: issuer)
        }
    }

    private static func signed(
        _ note: [UInt8]
    ) throws(LogProofError) -> SignedCheckpoint {
        do { return try SignedCheckpoint(parsing: note) } catch { throw .checkpoint(error) }
    }

    /// What the ledger holds of its log is not what it once wrote.
    func mappingLogErrors<Result, Failure: Error & CustomStringConvertible>(
        _ body: () throws(Failure) -> Result
    ) throws(StationFailure) -> Result {
        do throws(Failure) {
            return try body()
        } catch {
            throw StationFailure(
                .inputOutput,
                "\(folder.ledger): the log is damaged (\(error)): 'coldmint audit' says more")
        }
    }
}

extension SignedCheckpoint {
    /// Reads a file that somebody has named; `-` is standard input.
    init(readingFrom file: FilePath) throws(StationFailure) {
        let bytes: [UInt8]
        do throws(FileSystemError) {
            let input = try ReadableFile.rereadable(
                at: file, limit: SignedNote.maximumByteCount + 1)
            bytes = try input.read(upTo: SignedNote.maximumByteCount + 1)
        } catch {
            throw StationFailure(readingNamedFile: error)
        }
        do throws(CheckpointError) {
            try self.init(parsing: bytes)
        } catch {
            let advice =
                file.extension == "tar"
                ? ": a bundle's is the file 'checkpoint' in it, which 'tar -xOf' prints" : ""
            throw StationFailure(.dataError, "\(file): no checkpoint: \(error)\(advice)")
        }
    }
}
