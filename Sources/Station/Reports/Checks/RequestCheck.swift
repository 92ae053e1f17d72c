import CalendarTime
import DurableFiles
import Ledger
import LicenseRequest
import LicenseToken
import Signatures
import Spool
import SystemPackage

/// Holds request files against the rules, as a run would.
package struct RequestCheck: Sendable {
    private let rules: RequestRules
    private let maximumByteCount: Int
    private let station: OpenStation?

    /// Without a station, those rules apply that every new one has, and nothing is known of other
    /// licenses.
    package init(station folder: StationFolder?, environment: SystemEnvironment)
        throws(StationFailure)
    {
        station = try folder.map { folder throws(StationFailure) in try OpenStation(folder) }
        let configuration = station?.configuration ?? Configuration(issuer: "")
        rules = RequestRules(configuration, now: try environment.now())
        maximumByteCount = configuration.maximumDropBytes
    }

    /// `-` is standard input.
    package func check(_ file: String) throws(StationFailure) -> CheckedRequestFile {
        let drop = try open(file)
        guard drop.byteCount <= maximumByteCount else {
            return CheckedRequestFile(
                file: file, requestCount: 0, problems: [.tooLarge(limit: maximumByteCount)],
                accepted: nil)
        }
        let review = try review(drop)
        if let first = try acceptedDrop(review.digest) {
            return CheckedRequestFile(
                file: file, requestCount: 0, problems: [], accepted: AcceptedDrop(first))
        }
        return CheckedRequestFile(
            file: file, requestCount: review.requestCount, problems: review.problems,
            accepted: nil)
    }

    private func review(_ drop: DropFile) throws(StationFailure) -> DropReview {
        guard let station else {
            return try DropReview(
                of: drop, under: rules, against: UnknownLicenses<StationFailure>())
        }
        return try DropReview(of: drop, under: rules, against: StationLookup(station: station))
    }

    private func acceptedDrop(_ digest: SHA256Digest) throws(StationFailure) -> DropRecord? {
        try station?.fromLedger { ledger throws(LedgerError) in
            try ledger.withReader { reader throws(LedgerError) in
                try reader.acceptedDrop(digest)
            }
        }
    }

    private func open(_ file: String) throws(StationFailure) -> DropFile {
        do throws(FileSystemError) {
            return try DropFile(
                ReadableFile.rereadable(at: FilePath(file), limit: maximumByteCount + 1))
        } catch {
            throw StationFailure(readingNamedFile: error)
        }
    }
}
