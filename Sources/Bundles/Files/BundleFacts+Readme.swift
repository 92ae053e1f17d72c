import CalendarTime
import LicenseToken

extension BundleFacts {
    private static let lineWidth = 79

    /// `README.txt`, from the template of that name.
    ///
    /// What it says of the log is the vendor's word, which only the signature covers: a check does
    /// not know why a log was begun anew.
    func readme(_ presentation: Presentation, _ log: LogEvidence?) throws(BundleError) -> [UInt8] {
        var values = readmeValues(presentation)
        values["hasLog"] = .flag(log != nil)
        values["hasCosigned"] = .flag(log?.cosigned != nil)
        values["logFork"] = (log?.forkNote).map { .text(Self.wrapped($0)) }
        return try BundleTemplate.readme.render(values)
    }

    /// The commands in it are those for the first license.
    func readmeValues(_ presentation: Presentation) -> [String: TemplateValue] {
        var values = commonValues(presentation)
        values["issuedAt"] = .text(issuedAt.description)
        values["fileName"] = .text("\(bundle).tar")
        values["licenses"] = .list(
            shown.prefix(Self.readmeLimit).map { license in
                [
                    "name": license.name, "id": license.id.description, "folder": license.folder,
                    "notBefore": license.notBefore.description,
                    "expiresAt": license.expiresAt.description,
                ]
            })
        if licenseCount > Self.readmeLimit {
            values["readmeLimit"] = .text(String(Self.readmeLimit))
        }
        if let first = shown.first {
            values["folder"] = .text(first.folder)
            values["secretName"] = .text(DeploymentFiles.secretName(label: first.label))
            if licenseCount > 1 { values["firstName"] = .text(first.name) }
            if tokens.first == .some(nil) {
                for file in ["hasEnvironment", "hasSecret", "hasValues"] {
                    values[file] = .flag(false)
                }
            }
        }
        return values
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
