import CalendarTime
import DurableFiles
import Failures
import Ledger
import LicenseRequest
import LicenseToken
import PlainText
import Signatures
import Spool
import StrictJSON
package import SystemPackage

/// Holds request files against the rules, as a run would.
package struct RequestCheck: Sendable {
    let rules: RequestRules
    let maximumByteCount: Int
    let station: OpenStation?
    private let signatures: SignatureCheck?

    /// What `check` judges signatures by.
    package struct Signing: Sendable {
        let signers: FilePath
        let issuer: String?
        let approvals: Int?

        /// - Parameters:
        ///   - signers: the file of those who may ask.
        ///   - issuer: of whose station the signatures are to be; otherwise the station's own, or
        ///     what they say themselves.
        ///   - approvals: how many people have to sign; otherwise what the station says, or one.
        package init(signers: FilePath, issuer: String?, approvals: Int?) {
            self.signers = signers
            self.issuer = issuer
            self.approvals = approvals
        }
    }

    /// Without a station, those rules apply that every new one has, and nothing is known of other
    /// licenses. Without `signing`, nobody has to sign.
    ///
    /// - Parameter products: a folder of products to hold requests against, instead of the station's.
    package init(
        station folder: StationFolder?, products: FilePath? = nil, signing: Signing? = nil,
        environment: SystemEnvironment
    ) throws(StationFailure) {
        let station = try folder.map { folder throws(StationFailure) in try OpenStation(folder) }
        let configuration = station?.configuration ?? Configuration(issuer: "")
        signatures = try signing.map { signing throws(StationFailure) in
            try SignatureCheck(
                signers: signing.signers, issuer: signing.issuer, approvals: signing.approvals,
                station: station?.configuration)
        }
        self.station = station
        rules = RequestRules(
            configuration,
            products: try ProductCatalog.named(products, or: folder, configuration),
            now: try environment.now())
        maximumByteCount = configuration.maximumDropBytes
    }

    /// `-` is standard input.
    package func check(_ file: String) throws(StationFailure) -> CheckedRequestFile {
        let drop = try open(file)
        guard drop.byteCount <= maximumByteCount else {
            return CheckedRequestFile(
                file: file, problems: [.tooLarge(limit: maximumByteCount)])
        }
        let review = try review(drop)
        if let first = try acceptedDrop(review.digests.sha256) {
            return CheckedRequestFile(file: file, accepted: AcceptedDrop(first))
        }
        let approvals = try approvals(on: file, review)
        var checked = CheckedRequestFile(
            file: file, requestCount: review.requestCount,
            problems: review.problems + [approvals?.problem].compactMap(\.self),
            previews: review.previews, creationCount: review.creationCount, approvals: approvals)
        checked.portabilityWarnings = review.portabilityWarnings
        checked.warnings = (approvals?.approvals.remarks ?? []).map { "\(file): \($0)" }
        checked.warnings += review.portabilityWarnings.map {
            "\(file): \($0.pointer.description.shortened(to: 200)): \($0.message)"
        }
        if signatures == nil, station?.configuration.approvals.signers != nil {
            checked.warnings.append(
                "people have to sign it for this station, and who has was not looked at: --signers "
                    + "does")
        }
        if approvals != nil, signatures?.issuer == nil {
            checked.warnings.append(
                "for whose station it is, its signatures say themselves: --issuer names the one that "
                    + "is meant")
        }
        return checked
    }

    private func approvals(
        on file: String, _ review: DropReview
    ) throws(StationFailure) -> CheckedApprovals? {
        guard let signatures, let digests = review.digests.ofSignedFile else { return nil }
        guard file != "-" else {
            throw StationFailure(
                .usage, "signatures lie beside a file, and standard input has none: name the file")
        }
        return try signatures.approvals(
            on: FilePath(file), digests, for: review.demand, at: rules.now)
    }

    private func review(_ drop: DropFile) throws(StationFailure) -> DropReview {
        guard let station else {
            return try DropReview(
                of: drop, under: rules, against: UnknownLicenses<StationFailure>(),
                isSigned: signatures != nil, warnsOfPortability: true)
        }
        return try DropReview(
            of: drop, under: rules, against: StationLookup(station: station),
            isSigned: signatures != nil, previewLimit: Self.previewLimit, warnsOfPortability: true)
    }

    /// More of them are not looked over.
    private static let previewLimit = 1000

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
