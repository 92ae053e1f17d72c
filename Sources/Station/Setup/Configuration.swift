package import Bundles
import Failures
import Foundation
import LicenseToken
import PlainText
import SSHSignatures
import Signing
import Yams

/// `station.yaml`, read strictly: an unknown setting is an error, not a surprise.
package struct Configuration: Sendable, Equatable {
    /// `iss` of every token; a URL, kept as it is written.
    package var issuer: String
    /// Relative paths are seen from the station's folder.
    package var inbox = "../inbox"
    package var outbox = "../outbox"
    /// Payload names that are refused besides those that Coldmint sets itself.
    package var reservedClaims: [String] = []
    /// Whether every new license has to be of a product.
    package var requiresProduct = false
    /// Whether a license without a product may have no end.
    package var allowsPerpetual = false
    package var maximumDropBytes = 64 << 20
    package var maximumRequestsPerDrop = 100_000
    /// How long a drop must stay as it is before it is read, where the system cannot tell whether
    /// somebody is writing it.
    package var settleSeconds = 2.0
    /// How long after being taken up a drop may still be written, before it is refused.
    package var incompleteAfterSeconds = 86_400
    /// Whose signatures drops need.
    package var approvals = ApprovalSettings()
    /// What deriving a key from a passphrase takes, when a key file is written.
    package var passphraseMemoryMiB = KeyDerivation.standard.memoryKiB >> 10
    /// For the customer's eyes, in the page and README.txt of bundles.
    package var vendorName: String?
    package var supportContact: String?
    /// The name of a picture in the station's folder, for the page.
    package var vendorLogo: String?
    /// Which of the optional files bundles have.
    package var bundleFiles = Set(Presentation.OptionalFile.allCases)
    /// What Kubernetes Secrets are called.
    package var secretName = SecretName.Pattern.standard

    package init(issuer: String) {
        self.issuer = issuer
    }

    /// Names that a payload's own members must not have.
    package var allReservedClaims: Set<String> {
        LicenseClaims.reservedNames.union(reservedClaims)
    }

    func presentation(with logo: VendorLogo?) -> Presentation {
        Presentation(
            vendorName: vendorName, supportContact: supportContact, vendorLogo: logo,
            files: bundleFiles, secretNames: secretName)
    }

    var keyDerivation: KeyDerivation {
        KeyDerivation(
            passes: KeyDerivation.standard.passes, memoryKiB: passphraseMemoryMiB << 10)
            ?? .standard
    }

    package init(parsing text: String) throws(ConfigurationError) {
        try ConfigurationText.check(text)
        let root: Node?
        do {
            // Settings know their own types: what a plain word looks like is not worked out.
            root = try Yams.compose(yaml: text, .basic)
        } catch {
            throw ConfigurationError("not YAML: \("\(error)".prefix(300))")
        }
        guard let mapping = root?.mapping else {
            throw ConfigurationError("not a YAML mapping: it needs at least 'issuer: https://…'")
        }
        self.init(issuer: "")
        var seen: Set<String> = []
        for (key, value) in mapping {
            guard let name = key.string else { throw ConfigurationError("a setting has no name") }
            guard seen.insert(name).inserted else {
                throw ConfigurationError("the setting '\(name)' stands there twice")
            }
            try set(name, to: value)
        }
        guard seen.contains("issuer") else {
            throw ConfigurationError("the setting 'issuer' is missing: add 'issuer: https://…'")
        }
        let aboutSigners = [Setting.approvals, .approvalsFor, .approvalsWithinSeconds]
        if approvals.signers == nil,
            let idle = aboutSigners.first(where: { seen.contains($0.rawValue) })
        {
            throw ConfigurationError(
                "the setting '\(idle.rawValue)' needs the setting 'signers', the file of those who "
                    + "may ask: without it nobody has to sign")
        }
    }

    /// The settings by their names, in the order of docs/station.md.
    package enum Setting: String, CaseIterable {
        case issuer, inbox, outbox, reservedClaims, requireProduct, allowPerpetual
        case maximumDropBytes, maximumRequestsPerDrop
        case settleSeconds, incompleteAfterSeconds
        case signers, approvals, approvalsFor, approvalsWithinSeconds
        case passphraseMemoryMiB, vendorName, supportContact, vendorLogo, bundleFiles, secretName
    }

    private mutating func set(_ name: String, to value: Node) throws(ConfigurationError) {
        guard let setting = Setting(rawValue: name) else {
            let names = Setting.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConfigurationError("there is no setting '\(name)': the settings are \(names)")
        }
        switch setting {
        case .issuer: issuer = try Self.checkedIssuer(try Self.text(value, name))
        case .inbox: inbox = try Self.text(value, name)
        case .outbox: outbox = try Self.text(value, name)
        case .reservedClaims: reservedClaims = try Self.texts(value, name)
        case .requireProduct: requiresProduct = try Self.flag(value, name)
        case .allowPerpetual: allowsPerpetual = try Self.flag(value, name)
        case .maximumDropBytes: maximumDropBytes = try Self.count(value, name, 1...1 << 31)
        case .maximumRequestsPerDrop:
            maximumRequestsPerDrop = try Self.count(value, name, 1...10_000_000)
        case .settleSeconds: settleSeconds = Double(try Self.count(value, name, 1...3600))
        case .incompleteAfterSeconds:
            incompleteAfterSeconds = try Self.count(value, name, 1...10_000_000)
        case .signers: approvals.signers = try Self.text(value, name)
        case .approvals:
            approvals.approvals = try Self.count(value, name, 1...ApprovalSettings.highestCount)
        case .approvalsFor:
            approvals.approvalsFor = try ApprovalSettings.countsByAction(value, name)
        case .approvalsWithinSeconds:
            approvals.withinSeconds = try Self.count(value, name, 1...100_000_000)
        case .passphraseMemoryMiB: passphraseMemoryMiB = try Self.count(value, name, 8...4096)
        case .vendorName: vendorName = try Self.line(value, name)
        case .supportContact: supportContact = try Self.line(value, name)
        case .vendorLogo: vendorLogo = try LogoFile.checkedName(try Self.text(value, name))
        case .bundleFiles: bundleFiles = try Self.bundleFiles(value, name)
        case .secretName: secretName = try Self.secretNames(value, name)
        }
    }

    private static func secretNames(
        _ node: Node, _ name: String
    ) throws(ConfigurationError) -> SecretName.Pattern {
        guard let pattern = SecretName.Pattern(try text(node, name)) else {
            throw ConfigurationError(
                "the setting '\(name)' must make a name for Kubernetes: up to 60 lower-case letters, "
                    + "digits and hyphens, with {customer}, {product} and {name}, for example "
                    + "license-{customer}-{product}")
        }
        return pattern
    }

    private static func text(_ node: Node, _ name: String) throws(ConfigurationError) -> String {
        guard let text = node.scalar?.string, !text.isEmpty, !text.contains("\0") else {
            throw ConfigurationError("the setting '\(name)' must be a text")
        }
        return text
    }

    /// For people to read, in a text of lines and on a page.
    private static func line(_ node: Node, _ name: String) throws(ConfigurationError) -> String {
        let text = try text(node, name)
        guard
            text.unicodeScalars.count <= maximumLineLength,
            !text.unicodeScalars.contains(where: { $0.isControl || $0.isBidirectionalControl })
        else {
            throw ConfigurationError(
                "the setting '\(name)' must be one line of at most \(maximumLineLength) characters, "
                    + "with no control or bidirectional-override character")
        }
        return text
    }

    private static let maximumLineLength = 200

    private static func bundleFiles(
        _ node: Node, _ name: String
    ) throws(ConfigurationError) -> Set<Presentation.OptionalFile> {
        var files: Set<Presentation.OptionalFile> = []
        for text in try texts(node, name) {
            guard let file = Presentation.OptionalFile(rawValue: text) else {
                let all = Presentation.OptionalFile.allCases.map(\.rawValue)
                throw ConfigurationError(
                    "the setting '\(name)' names '\(text)': the files that can be chosen are "
                        + all.joined(separator: ", "))
            }
            files.insert(file)
        }
        return files
    }

    private static func texts(
        _ node: Node, _ name: String
    ) throws(ConfigurationError) -> [String] {
        guard let sequence = node.sequence else {
            throw ConfigurationError("the setting '\(name)' must be a list of texts")
        }
        var texts: [String] = []
        for element in sequence { texts.append(try text(element, name)) }
        return texts
    }

    private static func flag(_ node: Node, _ name: String) throws(ConfigurationError) -> Bool {
        guard let flag = node.bool else {
            throw ConfigurationError("the setting '\(name)' must be true or false")
        }
        return flag
    }

    static func count(
        _ node: Node, _ name: String, _ range: ClosedRange<Int>
    ) throws(ConfigurationError) -> Int {
        guard let count = node.int, range.contains(count) else {
            throw ConfigurationError(
                "the setting '\(name)' must be a whole number from \(range.lowerBound) "
                    + "to \(range.upperBound)")
        }
        return count
    }

    /// Verifiers compare the issuer as a text, so it is not put into another form, only refused.
    package static func checkedIssuer(_ text: String) throws(ConfigurationError) -> String {
        guard
            let url = URLComponents(string: text, encodingInvalidCharacters: false),
            text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !"<>\"\\^`{|}".utf8.contains($0) }
            ),
            let scheme = url.scheme?.lowercased(), ["https", "http"].contains(scheme),
            url.host?.isEmpty == false
        else {
            throw ConfigurationError(
                "the issuer must be a URL such as https://licenses.example.com")
        }
        guard url.user == nil, url.password == nil, !text.contains("#") else {
            throw ConfigurationError(
                "the issuer must be a URL without user, password and fragment, since every token "
                    + "names it: write one such as https://licenses.example.com")
        }
        guard IssuerNamespace.isPlain(text) else {
            throw ConfigurationError(
                "the issuer's host must be of letters, digits, hyphens and full stops, since people "
                    + "paste it into shells: write one such as https://licenses.example.com")
        }
        // URLComponents takes a port of any number of digits, and then gives none.
        if let port = port(of: text), !port.isEmpty, !(1...65_535).contains(Int(port) ?? 0) {
            throw ConfigurationError(
                "the issuer has the port \(port.prefix(20)), which does not exist: write one from 1 "
                    + "to 65535, or none")
        }
        return text
    }

    /// An issuer that was given on the command line.
    static func namedIssuer(_ text: String) throws(StationFailure) -> String {
        do throws(ConfigurationError) {
            return try checkedIssuer(text)
        } catch {
            throw StationFailure(.usage, error.description)
        }
    }

    /// What stands after the last colon of a URL's authority; an IPv6 address has colons within
    /// its brackets.
    private static func port(of url: String) -> Substring? {
        let authority = url.split(separator: "//", maxSplits: 1).last?
            .prefix { !"/?#".contains($0) }
        guard let host = authority?.split(separator: "]", omittingEmptySubsequences: false).last,
            let colon = host.lastIndex(of: ":")
        else { return nil }
        return host[host.index(after: colon)...]
    }
}

/// What is wrong with a configuration, without the file's name.
package struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
