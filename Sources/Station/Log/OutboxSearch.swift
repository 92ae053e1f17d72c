import Bundles
import DurableFiles
import Ledger
import SystemPackage
import TransparencyLog

/// Looks for bundles of this station in the outbox of which its ledger may know nothing.
struct OutboxSearch {
    private let station: OpenStation
    private let outbox: FilePath

    init(_ station: OpenStation, _ outbox: FilePath) {
        self.station = station
        self.outbox = outbox
    }

    /// A bundle of a run with a higher number, if there is one.
    func bundle(ofRunAfter last: Int64) throws(StationFailure) -> FilePath? {
        try newestBundle(after: last)?.path
    }

    /// The bundle of the run with the highest number above this one.
    func newestBundle(
        after last: Int64
    ) throws(StationFailure) -> (path: FilePath, run: Int64)? {
        var found: (path: FilePath, run: Int64)?
        let names = try onDisk { () throws(FileSystemError) in
            let folder = try Folder(opening: outbox)
            var names: [FileName] = []
            for name in try folder.names() where try folder.status(of: name).kind == .folder {
                names.append(name)
            }
            return names
        }
        for name in names {
            for (file, run) in try bundles(in: name) where run > found?.run ?? last {
                let path = outbox.appending("\(name)").appending("\(file)")
                if try isOwn(file, in: name) { found = (path, run) }
            }
        }
        return found
    }

    /// Files whose names are those of bundles, with their runs.
    private func bundles(
        in customer: FileName
    ) throws(StationFailure) -> [(file: FileName, run: Int64)] {
        let names: [FileName]
        do throws(FileSystemError) {
            names = try Folder(opening: customer, in: Folder(opening: outbox)).names()
        } catch {
            // Somebody has carried it away just now.
            if error.isMissing { return [] }
            throw StationFailure(error)
        }
        return names.compactMap { name in
            BundleName(fileName: "\(name)", customer: "\(customer)").map { (name, $0.run) }
        }
    }

    /// Whether it is a sound bundle of this name, and signed by a key of this station.
    private func isOwn(
        _ file: FileName, in customer: FileName
    ) throws(StationFailure) -> Bool {
        let bundle: VerifiedBundle
        do throws(FileSystemError) {
            let folder = try Folder(opening: customer, in: Folder(opening: outbox))
            let opened = try ReadableFile(opening: file, in: folder)
            do throws(BundleError) {
                bundle = try VerifiedBundle(readingFrom: opened.descriptor, trusting: nil)
            } catch {
                // What it is instead is thrown away: no station has issued it.
                return false
            }
        } catch {
            if error.isMissing { return false }
            throw StationFailure(error)
        }
        guard "\(bundle.name).tar" == "\(file)" else { return false }
        return try station.keys().contains { $0.publicKey == bundle.publicKey }
    }
}
