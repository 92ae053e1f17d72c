import LicenseRequest
import LicenseToken
import RFC3339
import Spool
package import StrictJSON
import SystemPackage

/// Holds request files against the rules, as a run would, without a ledger.
package struct RequestCheck: Sendable {
    package struct Verdict: Sendable {
        package let file: String
        package let requestCount: Int
        /// `file:line:column: message (code, at pointer)`, as compilers write it.
        package let problems: [String]
        package let json: OrderedJSON
    }

    private let rules: RequestRules
    private let maximumByteCount: Int

    /// Without a station, those rules apply that every new one has.
    package init(station: StationFolder?, host: Host) throws(StationFailure) {
        let configuration =
            try station.map { folder throws(StationFailure) in try folder.readConfiguration() }
            ?? Configuration(issuer: "")
        rules = RequestRules(configuration, now: try host.now())
        maximumByteCount = configuration.maximumDropBytes
    }

    /// `-` is standard input.
    package func verdict(on file: String) throws(StationFailure) -> Verdict {
        let bytes = try read(file)
        guard bytes.count <= maximumByteCount else {
            return Verdict(
                file: file, requestCount: 0, problems: [.tooLarge(limit: maximumByteCount)])
        }
        let content = DropContent(reading: bytes, rules: rules)
        return Verdict(
            file: file, requestCount: content.requests.count, problems: content.problems)
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
    fileprivate init(file: String, requestCount: Int, problems: [Problem]) {
        self.file = file
        self.requestCount = requestCount
        self.problems = problems.map { $0.line(of: file) }
        json = .object([
            "file": .string(file),
            "valid": .bool(problems.isEmpty),
            "problems": problems.isEmpty ? nil : .array(problems.map(\.json)),
        ])
    }
}

extension Problem {
    static func tooLarge(limit: Int) -> Problem {
        Problem(
            .tooLarge, "larger than the limit of \(limit) bytes: divide it over several files")
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
