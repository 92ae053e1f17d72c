import CalendarTime
import DurableFiles
import Ledger
import LicenseRequest
import LicenseToken
import Signing
import Spool
package import StrictJSON
import SystemPackage

/// Holds request files against the rules, as a run would.
package struct RequestCheck: Sendable {
    package struct Verdict: Sendable {
        package let file: String
        package let requestCount: Int
        /// `file:line:column: message (code, at pointer)`, as compilers write it.
        package let problems: [String]
        /// Where the same bytes were accepted before, so that a run would change nothing: the
        /// drop's name and its run.
        package let repeats: (file: String, run: Int64)?
        package let json: OrderedJSON
    }

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
    package func verdict(on file: String) throws(StationFailure) -> Verdict {
        let bytes = try read(file)
        guard bytes.count <= maximumByteCount else {
            return Verdict(file: file, problems: [.tooLarge(limit: maximumByteCount)])
        }
        let content = DropContent(reading: bytes, rules: rules)
        guard let station else {
            return Verdict(
                file: file, problems: content.problems(against: UnknownLicenses()),
                requestCount: content.requests.count)
        }
        let digest = SHA256Digest(of: bytes)
        return try station.fromLedger { ledger throws(LedgerError) in
            try ledger.withReader { reader throws(LedgerError) in
                if let first = try reader.acceptedDrop(digest) {
                    return Verdict(file: file, problems: [], repeats: first)
                }
                return Verdict(
                    file: file,
                    problems: try content.problems(against: LedgerLookup(reader: reader)),
                    requestCount: content.requests.count)
            }
        }
    }

    private func read(_ file: String) throws(StationFailure) -> [UInt8] {
        do throws(FileSystemError) {
            let input = try ReadableFile.rereadable(at: FilePath(file))
            return try input.read(upTo: maximumByteCount + 1)
        } catch {
            throw StationFailure(error.isMissing ? .noInput : .inputOutput, error.description)
        }
    }
}

extension RequestCheck.Verdict {
    fileprivate init(
        file: String, problems: [Problem], requestCount: Int = 0, repeats: DropRecord? = nil
    ) {
        self.file = file
        self.requestCount = requestCount
        self.problems = problems.map { $0.line(of: file) }
        self.repeats = repeats.map { ($0.originalName, $0.run) }
        json = .object([
            "file": .string(file),
            "valid": .bool(problems.isEmpty),
            "problems": problems.isEmpty ? nil : .array(problems.map(\.json)),
            "repeats": repeats.map(\.reference),
        ])
    }
}

extension Problem {
    static func tooLarge(limit: Int) -> Problem {
        Problem(.tooLarge, "larger than \(limit) bytes, the limit: divide it over several files")
    }

    fileprivate func line(of file: String) -> String {
        let place = position.map { ":\($0.line):\($0.column)" } ?? ""
        let pointer = "\(pointer)".isEmpty ? "" : ", at \(pointer)"
        return "\(file)\(place): \(message) (\(code.rawValue)\(pointer))"
    }
}

extension RequestRules {
    init(_ configuration: Configuration, now: Timestamp) {
        self.init(
            reservedClaims: configuration.allReservedClaims,
            maximumRequests: configuration.maximumRequestsPerDrop, now: now)
    }
}
