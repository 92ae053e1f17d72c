import Bundles
import Failures
import Ledger
import SystemPackage

extension OpenStation {
    /// The entry of a bundle, by its name, its tar or a license in it, with its number in the log.
    func bundleEntry(
        of name: String
    ) throws(StationFailure) -> (number: Int64, text: [UInt8]) {
        let isFile = name.contains("/") || name.hasSuffix(".tar")
        if let bundle = Self.bundleName(name), let entry = try entry(of: bundle) { return entry }
        guard !isFile else {
            throw StationFailure(
                .noInput,
                "\(name): the log has no bundle of this name: 'coldmint log show' lists "
                    + "what it has")
        }
        let license = try license(name)
        let runs = try fromLedger { ledger throws(LedgerError) in
            try ledger.bundleRuns(ofLicense: license.id)
        }
        for run in runs {
            let bundle = BundleName(customer: license.customer, run: run)
            if let entry = try entry(of: bundle) { return entry }
        }
        throw StationFailure(
            .noInput,
            "\(name): no bundle has carried this license yet: the next run publishes it")
    }

    private func entry(
        of bundle: BundleName
    ) throws(StationFailure) -> (number: Int64, text: [UInt8])? {
        try fromLedger { ledger throws(LedgerError) in try ledger.entry(ofBundle: bundle) }
    }

    /// `acme-000017`, or the path of such a tar.
    private static func bundleName(_ text: String) -> BundleName? {
        guard let last = FilePath(text).lastComponent?.string else { return nil }
        let file = last.hasSuffix(".tar") ? last : last + ".tar"
        guard let hyphen = file.lastIndex(of: "-") else { return nil }
        return BundleName(fileName: file, customer: String(file[..<hyphen]))
    }
}
