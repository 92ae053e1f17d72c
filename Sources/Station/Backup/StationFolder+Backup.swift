import DurableFiles
import Failures
import Ledger
import SSHSignatures
package import SystemPackage

extension StationFolder {
    /// Writes a copy of the station into a new file: keys, ledger, list of signers, products, the
    /// vendor's picture and configuration as they are between two runs. Nothing is written to the station.
    package func backUp(
        to file: FilePath, environment: SystemEnvironment
    ) throws(StationFailure) -> BackupReport {
        _ = try readConfiguration()
        try OpenStation.refuseUnlessThere(self)
        let target = try BackupTarget.free(at: file)
        do throws(StationFailure) {
            return try backUp(to: target, environment)
        } catch {
            target.discard()
            throw error
        }
    }

    private func backUp(
        to target: borrowing BackupTarget, _ environment: SystemEnvironment
    ) throws(StationFailure) -> BackupReport {
        // Held until the ledger is copied, so that no command is half-way between keys and ledger.
        let lock = try StationLock.take(
            self, waitingUpTo: StationLock.commandSeconds, environment)
        let configuration = try configurationBytes()
        // A list that no run would go by is nothing to keep. A product is kept with its faults.
        let settings = try self.configuration(parsing: configuration)
        let policy = try readApprovalPolicy(settings)
        let products = try productFolder.files()
        let logo = try keptLogo(settings)
        let ledger = try OpenStation.asking { () throws(LedgerError) in
            try Ledger.asItIs(at: self.ledger.string)
        }
        let (keys, summary) = try OpenStation.asking { () throws(LedgerError) in
            (try ledger.keys(), try ledger.summary())
        }
        let store = KeyStore(station: self)
        // What cannot be restored must be known now.
        for key in keys { try store.check(key) }
        let report = try BackupReport(
            summary, of: keys, in: store, peopleCount: policy?.list.people.count)
        var writer = BackupWriter(try target.draft(), time: try environment.now())
        try writer.addFolder(BackupFormat.root)
        try writer.addFolder(BackupFormat.keys)
        for kid in BackupFormat.sorted(keys.filter { $0.state != .retired }.map(\.kid)) {
            try writer.addFile(BackupFormat.key(kid), secret: try store.read(kid))
        }
        let copy = try target.copy(of: ledger)
        _ = consume lock

        try refuseDamaged(copy.ledger)
        try writer.addFile(BackupFormat.ledger, copying: copy.file)
        if let policy { try writer.addFile(BackupFormat.signers, policy.text) }
        if !products.isEmpty { try writer.addFolder(BackupFormat.products) }
        for product in products {
            try writer.addFile("\(BackupFormat.products)\(product.name)", product.text)
        }
        if let logo { try writer.addFile(BackupFormat.logo(logo.name), logo.bytes) }
        try writer.addFile(BackupFormat.configuration, configuration)
        try target.publish(try writer.finish())
        return report
    }

    private func refuseDamaged(_ copy: Ledger) throws(StationFailure) {
        let failure: String?
        do throws(LedgerError) {
            failure = try copy.integrityFailures().first
        } catch {
            guard case .damaged(let reason) = error.reason else { throw StationFailure(error) }
            failure = reason
        }
        guard let failure else { return }
        throw StationFailure(
            .inputOutput,
            "\(ledger): it is damaged (\(failure)), and nothing was backed up: keep the backups "
                + "that you have, and restore one")
    }
}
