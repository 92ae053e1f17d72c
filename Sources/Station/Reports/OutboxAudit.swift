import Bundles
import DurableFiles
import Ledger
import Signatures
import SystemPackage
import TransparencyLog

/// Holds what lies in the outbox against the bundles that the ledger knows.
struct OutboxAudit {
    private(set) var findings: [String] = []
    private(set) var bundleCount = 0
    /// Bundles that lie in the outbox no longer.
    private(set) var movedBundleCount = 0

    /// Found where a disk has its own root in the outbox.
    private static let recoveryFolder = FileName("lost+found")

    private let station: OpenStation
    private let outbox: FilePath
    private var history: CheckpointHistory?
    /// That of the bundle before.
    private var lastCheckpoint: SignedCheckpoint?

    init(_ station: OpenStation) throws(StationFailure) {
        self.station = station
        outbox = station.folder.resolve(station.configuration.outbox)
        // Looked at before the ledger is: what a run publishes meanwhile is not yet seen, or is
        // in the ledger too.
        let listing = list()
        let (bundles, expected) = try station.fromLedger { ledger throws(LedgerError) in
            (try ledger.bundles(), try Self.bundlesOnTheWay(in: ledger))
        }
        for bundle in bundles { check(bundle, listing) }
        do throws(StationFailure) {
            try OutboxCheckpoint(of: station).refuseUnlessKnown()
        } catch {
            findings.append(error.description)
        }
        report(listing, besides: Set(bundles.map(\.name) + expected))
    }

    /// Those of unfinished runs, which may lie there already.
    private static func bundlesOnTheWay(in ledger: Ledger) throws(LedgerError) -> [BundleName] {
        var names: [BundleName] = []
        for run in try ledger.unfinishedRuns() {
            names += try ledger.unpublished(ofRun: run.number).customers.map {
                BundleName(customer: $0, run: run.number)
            }
        }
        return names
    }

    // MARK: - Bundles

    private mutating func check(_ bundle: BundleRecord, _ listing: Listing) {
        bundleCount += 1
        // What lies in the place of the customer's folder is a finding of its own.
        guard !listing.files.contains(FileName(bundle.customer)) else {
            movedBundleCount += 1
            return
        }
        do throws(FileSystemError) {
            try check(bundle.name, bundle.digest)
        } catch  where error.isMissing {
            movedBundleCount += 1
        } catch {
            findings.append(error.description)
        }
    }

    private mutating func check(
        _ bundle: BundleName, _ published: SHA256Digest
    ) throws(FileSystemError) {
        let path = outbox.appending(bundle.customer).appending(bundle.fileName)
        let name = FileName(bundle.fileName)
        let folder = try Folder(opening: FileName(bundle.customer), in: Folder(opening: outbox))
        guard try folder.status(of: name).isRegular else {
            findings.append(
                "\(path): a bundle was published under this name, and this is no plain file: find "
                    + "out who has put it there, and move it away")
            return
        }
        let file = try ReadableFile(opening: name, in: folder)
        let found = try digest { body throws(FileSystemError) in try file.forEachPiece(body) }
        guard found == published else {
            findings.append("\(path): not the bundle that was published: move it away")
            return
        }
        do throws(StationFailure) {
            try checkCheckpoint(in: file, at: path)
        } catch {
            findings.append(error.description)
        }
    }

    /// A bundle says what the log was when it was made, also where somebody has made it anew since.
    private mutating func checkCheckpoint(
        in file: borrowing ReadableFile, at path: FilePath
    ) throws(StationFailure) {
        let found: SignedCheckpoint?
        do throws(BundleError) {
            found = try BundledCheckpoint.read(from: file.descriptor)
        } catch {
            throw StationFailure(error, at: path.string)
        }
        // All bundles of a run have the same one.
        guard let found, found != lastCheckpoint else { return }
        lastCheckpoint = found
        let judge: CheckpointHistory
        if let history { judge = history } else { judge = try CheckpointHistory(of: station) }
        history = judge
        if case .unknown(let reason) = try judge.judge(found) {
            findings.append(
                "\(path): its checkpoint \(reason): the record was changed after this bundle was made"
            )
        }
    }

    // MARK: - Other files

    /// What lies in the outbox besides Coldmint's mark, by folder.
    private struct Listing {
        /// Entries of the outbox itself that are no folders.
        var files: [FileName] = []
        var customers: [(name: FileName, files: [FileName])] = []
    }

    private mutating func list() -> Listing {
        var listing = Listing()
        do throws(FileSystemError) {
            let own = try ownFolders()
            let folder = try Folder(opening: outbox)
            for name in try folder.names() where !Self.isLeftAlone(name) {
                do throws(FileSystemError) {
                    let status = try folder.status(of: name)
                    if own.contains(where: { $0.isSameFile(as: status) }) { continue }
                    guard status.kind == .folder else {
                        listing.files.append(name)
                        continue
                    }
                    listing.customers.append((name, try Folder(opening: name, in: folder).names()))
                } catch  where error.isMissing {
                    // It was carried away just now.
                    continue
                }
            }
        } catch  where error.isMissing {
            // Without an outbox all bundles were moved, and no run is possible.
        } catch {
            findings.append(error.description)
        }
        return listing
    }

    private static func isLeftAlone(_ name: FileName) -> Bool {
        [OwnershipMark.name, recoveryFolder, OutboxCheckpoint.name].contains(name)
            || name == DraftFile.draftName(for: OutboxCheckpoint.name)
    }

    /// The station's other folders, which may lie in the outbox.
    private func ownFolders() throws(FileSystemError) -> [FileStatus] {
        let inbox = station.folder.resolve(station.configuration.inbox)
        var own = [try FileStatus(of: station.folder.path)]
        if FileStatus.isFound(at: inbox) { own.append(try FileStatus(of: inbox)) }
        return own
    }

    private mutating func report(_ listing: Listing, besides bundles: Set<BundleName>) {
        let known = Dictionary(grouping: bundles) { FileName($0.customer) }
            .mapValues { Set($0.flatMap { Self.fileNames(of: $0) }) }
        if !isInbox { for name in listing.files { reportForeign(outbox, name) } }
        for (customer, files) in listing.customers {
            guard let own = known[customer] else {
                if !isInbox { reportForeign(outbox, customer) }
                continue
            }
            let folder = outbox.appending(customer.description)
            for name in files where !own.contains(name) { reportForeign(folder, name) }
        }
    }

    /// A bundle's name, and the one that it has while it is written.
    private static func fileNames(of bundle: BundleName) -> [FileName] {
        let name = FileName(bundle.fileName)
        return [name, DraftFile.draftName(for: name)]
    }

    /// One folder can be both; then droppers' files lie in it too.
    private var isInbox: Bool {
        outbox == station.folder.resolve(station.configuration.inbox)
    }

    private mutating func reportForeign(_ folder: FilePath, _ name: FileName) {
        do throws(FileSystemError) {
            // A run at work may have renamed its draft, or somebody may have carried it away.
            guard try Folder(opening: folder).contains(name) else { return }
        } catch {
            if error.isMissing { return }
            findings.append(error.description)
            return
        }
        findings.append(
            "\(folder)/\(name): coldmint has put nothing of this name there: find out who has, and "
                + "move it away")
    }
}
