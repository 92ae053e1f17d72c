import CalendarTime
import LicenseToken
import SSHSignatures

extension BundleFacts {
    private static let lineWidth = 79

    /// `README.txt`, from the template of that name.
    ///
    /// What it says of the log is the vendor's word, which only the signature covers: a check does
    /// not know why a log was begun anew.
    func readme(
        _ presentation: Presentation, _ log: LogEvidence?, hasKeyStatement: Bool
    ) throws(BundleError) -> [UInt8] {
        var values = readmeValues(presentation)
        values["hasKeyStatement"] = .flag(hasKeyStatement)
        values["hasLog"] = .flag(log != nil)
        values["hasCosigned"] = .flag(log?.cosigned != nil)
        values["logFork"] = (log?.forkNote).map { .text(Self.wrapped($0)) }
        return try BundleTemplate.readme.render(values)
    }

    func readmeValues(_ presentation: Presentation) -> [String: TemplateValue] {
        var values = commonValues(presentation)
        values["namespace"] = .text(IssuerNamespace.ofBundles(issuer))
        values["issuedAt"] = .text(issuedAt.description)
        values["fileName"] = .text("\(bundle).tar")
        values["licenses"] = .list(
            zip(shown, tokens).prefix(Self.readmeLimit).map { license, token in
                var values = [
                    "name": license.name, "id": license.id.description, "folder": license.folder,
                    "term": lines(of: license).joined(separator: "\n    "),
                ]
                if presentation.files.contains(.secret), token != nil {
                    values["secret"] = license.secretName?.description
                }
                return values
            })
        if licenseCount > Self.readmeLimit {
            values["readmeLimit"] = .text(String(Self.readmeLimit))
        }
        if let recommended { addCommands(for: recommended, to: &values) }
        return values
    }

    private func addCommands(
        for recommended: RecommendedLicense, to values: inout [String: TemplateValue]
    ) {
        let license = recommended.entry
        values["folder"] = .text(license.folder)
        values["firstName"] = .text(license.name)
        values["hasOthers"] = .flag(licenseCount > 1)
        values["secretName"] = (license.secretName?.description).map(TemplateValue.text)
        values["hasBegun"] = .flag(license.term.notBefore <= issuedAt)
        values["waiting"] = license.term.waitingAdvice(at: issuedAt).map(TemplateValue.text)
        guard !recommended.isDeployable else { return }
        values["isLong"] = .flag(true)
        for file in ["hasEnvironment", "hasSecret", "hasValues"] { values[file] = .flag(false) }
    }

    /// What is said of a license's state and term, and of the license that it follows.
    private func lines(of license: Manifest.Entry) -> [String] {
        let term = license.term
        let state = "state   \(term.state(at: issuedAt).rawValue)"
        let valid = "valid   \(term.notBefore) to \(term.expiresAt.orNever)"
        let others: [String?] = [
            term.waitingAdvice(at: issuedAt),
            term.graceDays.flatMap { $0 > 0 ? term.endOfGrace : nil }.map {
                "grace   until \($0): it still works, and has to be renewed"
            },
            term.noticeFrom.map { "notice  from \($0): it may remind of the end" },
            term.maintainedUntil.map { "covers  versions up to \($0)" },
            license.succession.map { "follows \($0.predecessor)" },
        ]
        let changes = license.succession?.changes ?? []
        return [state, valid] + others.compactMap(\.self) + changes.map { "        \($0)" }
    }

    /// A paragraph in lines that a terminal shows whole, where its words let it.
    private static func wrapped(_ paragraph: String) -> String {
        var lines: [String] = []
        for word in paragraph.split(whereSeparator: \.isWhitespace) {
            if let last = lines.last, last.count + 1 + word.count <= lineWidth {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines.joined(separator: "\n")
    }
}
