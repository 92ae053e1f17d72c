import CalendarTime
import Failures
import Ledger
package import SystemPackage
package import TransparencyLog

/// What came of an auditor's cosigned checkpoint.
package struct AddedCosignatures: Sendable {
    package let size: Int64
    /// Names of keys whose cosignatures are new.
    package let added: [String]
    package let known: [String]
}

extension StationFolder {
    /// Keeps the cosignatures on one of the log's heads, so that they travel with it.
    ///
    /// - Parameter file: a head of this log with the auditors' signatures; `-` is standard input.
    package func addCosignatures(
        from file: FilePath, by witnesses: [NoteVerifier], environment: SystemEnvironment
    ) throws(StationFailure) -> AddedCosignatures {
        let signed = try SignedCheckpoint(readingFrom: file)
        let configuration = try readConfiguration()
        let lock = try StationLock.take(
            self, waitingUpTo: StationLock.commandSeconds, environment)
        let station = try OpenStation(self, configuration: configuration, with: lock, environment)
        _ = try refuseIfWritable()
        let result = try station.addCosignatures(of: signed, in: file, by: witnesses)
        try OutboxCheckpoint(of: station).update()
        withExtendedLifetime(lock) {}
        return result
    }
}

extension OpenStation {
    fileprivate func addCosignatures(
        of signed: SignedCheckpoint, in file: FilePath, by witnesses: [NoteVerifier]
    ) throws(StationFailure) -> AddedCosignatures {
        let size = signed.checkpoint.size
        let (head, note) = try head(of: signed, in: file)
        var combined = try mappingLogErrors { () throws(CheckpointError) in
            try SignedCheckpoint(parsing: note)
        }
        // All are looked at before one is kept.
        var lines: [(verifier: NoteVerifier, line: NoteSignature)] = []
        for witness in witnesses {
            let line = try Self.cosignature(of: signed, in: file, by: witness)
            do throws(CheckpointError) {
                combined = try combined.adding(line)
            } catch {
                throw StationFailure(.dataError, "\(file): cannot be added: \(error)")
            }
            lines.append((witness, line))
        }
        return try fromLedger { ledger throws(LedgerError) in
            var (added, known): ([String], [String]) = ([], [])
            for (verifier, line) in lines {
                let text = String(decoding: line.line.dropLast(), as: UTF8.self)
                if try ledger.add(cosignature: text, on: head.size, by: verifier) {
                    added.append(verifier.name)
                } else {
                    known.append(verifier.name)
                }
            }
            return AddedCosignatures(size: size, added: added, known: known)
        }
    }

    private static func cosignature(
        of signed: SignedCheckpoint, in file: FilePath, by witness: NoteVerifier
    ) throws(StationFailure) -> NoteSignature {
        guard let (line, seconds) = signed.cosignature(by: witness) else {
            throw StationFailure(
                .dataError,
                "\(file): has no valid cosignature by \(witness.vkey): compare the key with "
                    + "what the auditor's 'log witness-key' prints")
        }
        // Nothing else here has a time for it, and would take it for none.
        guard Timestamp(secondsSinceEpoch: seconds) != nil else {
            throw StationFailure(
                .dataError,
                "\(file): the cosignature by \(witness.name) has a time after the year 9999: have "
                    + "the auditor set the clock of their machine and cosign again")
        }
        return line
    }

    /// The head that has this text, with its cosignatures.
    private func head(
        of signed: SignedCheckpoint, in file: FilePath
    ) throws(StationFailure) -> (LogHeadRecord, note: [UInt8]) {
        let size = signed.checkpoint.size
        let found = try fromLedger { ledger throws(LedgerError) -> (LogHeadRecord, [UInt8])? in
            guard let head = try ledger.head(ofSize: size) else { return nil }
            return (head, try ledger.note(of: head))
        }
        guard let found, found.1.starts(with: Array(signed.checkpoint.text.utf8) + [0x0a]) else {
            throw StationFailure(
                .dataError,
                "\(file): not a head of this log: 'coldmint log show' says which ones it has, and "
                    + "'coldmint log consistency' what the auditor is to sign")
        }
        return found
    }
}
