import CalendarTime
import DurableFiles
import Ledger
import LicenseRequest
import LicenseToken
import Signing
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
        let bytes = try read(file)
        guard bytes.count <= maximumByteCount else {
            return CheckedRequestFile(
                file: file, requestCount: 0, problems: [.tooLarge(limit: maximumByteCount)],
                accepted: nil)
        }
        let content = DropContent(reading: bytes, rules: rules)
        guard let station else {
            return CheckedRequestFile(
                file: file, requestCount: content.requests.count,
                problems: content.problems(against: UnknownLicenses()), accepted: nil)
        }
        let digest = SHA256Digest(of: bytes)
        return try station.fromLedger { ledger throws(LedgerError) in
            try ledger.withReader { reader throws(LedgerError) in
                if let first = try reader.acceptedDrop(digest) {
                    return CheckedRequestFile(
                        file: file, requestCount: 0, problems: [], accepted: AcceptedDrop(first))
                }
                return CheckedRequestFile(
                    file: file, requestCount: content.requests.count,
                    problems: try content.problems(against: LedgerLookup(reader: reader)),
                    accepted: nil)
            }
        }
    }

    private func read(_ file: String) throws(StationFailure) -> [UInt8] {
        do throws(FileSystemError) {
            let input = try ReadableFile.rereadable(
                at: FilePath(file), limit: maximumByteCount + 1)
            return try input.read(upTo: maximumByteCount + 1)
        } catch {
            throw StationFailure(readingNamedFile: error)
        }
    }
}
