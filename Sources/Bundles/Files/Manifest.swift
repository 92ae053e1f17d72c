import CalendarTime
package import LicenseToken
import PlainText
import StrictJSON

/// `manifest.json`: what a bundle holds, for programs.
package struct Manifest {
    package struct Entry {
        let id: LicenseID
        let name: String
        let description: String?
        /// What the license's token names as its issuer.
        let issuer: String
        let term: LicenseTerm
        /// What license it follows, and what is otherwise in it.
        let succession: Succession?
        let kid: KeyID
        /// What it was sold as.
        let product: String?
        /// Of the license's Kubernetes Secret; `nil` in bundles of the first form, which have it after
        /// the license's folder.
        let secretName: SecretName?
        /// Of the token.
        package let path: String

        package init(
            id: LicenseID, name: String, description: String?, issuer: String,
            term: LicenseTerm, succession: Succession?, kid: KeyID, product: String?,
            secretName: SecretName?, path: String
        ) {
            self.id = id
            self.name = name
            self.description = description
            self.issuer = issuer
            self.term = term
            self.succession = succession
            self.kid = kid
            self.product = product
            self.secretName = secretName
            self.path = path
        }
    }

    let bundle: String
    let customer: String
    /// The vendor's URL at the time of the bundle.
    let issuer: String
    let issuedAt: Timestamp
    let licenses: [Entry]

    func encoded() -> [UInt8] {
        var text = ManifestText(
            bundle: bundle, customer: customer, issuer: issuer, issuedAt: issuedAt)
        for license in licenses { text.append(license) }
        return text.finish()
    }
}

extension Manifest {
    /// Reads what `encoded` writes and nothing else, to the byte.
    init(parsing bytes: [UInt8]) throws(BundleError) {
        let malformed = BundleError.malformed(BundleFile.manifest)
        // What is wrong with the JSON is thrown away: no writer of bundles has written it.
        guard
            let document = try? JSONDocument.parse(bytes),
            let bundle = document.root.member("bundle")?.string,
            let customer = document.root.member("customer")?.string,
            let issuer = document.root.member("issuer")?.string,
            let issuedAt = document.root.member("issuedAt")?.timestamp,
            let licenses = document.root.member("licenses"), licenses.kind == .array
        else { throw malformed }
        var entries: [Entry] = []
        entries.reserveCapacity(licenses.count)
        for license in licenses.elements {
            guard let entry = Entry(license, besides: issuer) else { throw malformed }
            entries.append(entry)
        }
        self.init(
            bundle: bundle, customer: customer, issuer: issuer, issuedAt: issuedAt,
            licenses: entries)
        guard encoded() == bytes else { throw malformed }
    }
}

extension Manifest.Entry {
    /// `licenses/<slug>-<last 12 digits of the id>`
    var folder: String {
        String(path.prefix(max(0, path.utf8.count - BundleFile.token.utf8.count - 1)))
    }

    /// The folder's own name.
    var label: String {
        String(folder.dropFirst(BundleFile.licenses.utf8.count + 1))
    }

    /// An issuer is named where it is another than the bundle's, which the vendor has changed since.
    func json(besides bundleIssuer: String) -> OrderedJSON {
        var json = JSONObjectText(isPretty: true, depth: 2)
        json.add("id", id.description)
        json.add("name", name)
        json.add("description", description)
        json.add("issuer", issuer == bundleIssuer ? nil : issuer)
        json.add("notBefore", term.notBefore.description)
        json.add("expiresAt", term.expiresAt?.description)
        json.add("graceDays", term.graceDays.map { Int64($0) })
        json.add("noticeDays", term.noticeDays.map { Int64($0) })
        json.add("maintainedUntil", term.maintainedUntil?.description)
        json.add("supersedes", succession?.predecessor.description)
        if let succession { json.add("changes", .array(succession.changes.map { .string($0) })) }
        json.add("product", product)
        json.add("kid", kid.description)
        json.add("secretName", secretName?.description)
        json.add("path", path)
        return json.finish()
    }

    fileprivate init?(_ json: JSONValue, besides bundleIssuer: String) {
        guard
            let id = json.member("id")?.string.flatMap(LicenseID.init),
            let name = json.member("name")?.string,
            let term = LicenseTerm(json),
            let kid = json.member("kid")?.string.flatMap({ KeyID($0) }),
            let path = json.member("path")?.string
        else { return nil }
        let issuer = json.member("issuer")?.string ?? bundleIssuer
        // No request can name a license so; and names are shown on terminals.
        guard
            !name.isEmpty, name.unicodeScalars.count <= 200, !name.hasControls,
            !issuer.hasControls
        else { return nil }
        self.init(
            id: id, name: name, description: json.member("description")?.string, issuer: issuer,
            term: term, succession: Succession(json), kid: kid,
            product: json.member("product")?.string,
            secretName: json.member("secretName")?.string.flatMap { SecretName($0) }, path: path)
    }
}

extension LicenseTerm {
    /// As a license in a manifest has it. What is no number or date is not there: the manifest is
    /// written again from this, and compared.
    fileprivate init?(_ json: JSONValue) {
        let days = ["graceDays", "noticeDays"].compactMap { json.member($0)?.integer }
        guard
            let notBefore = json.member("notBefore")?.timestamp,
            days.allSatisfy(Self.possibleDays.contains)
        else { return nil }
        self.init(
            notBefore: notBefore, expiresAt: json.member("expiresAt")?.timestamp,
            graceDays: json.member("graceDays")?.integer,
            noticeDays: json.member("noticeDays")?.integer,
            maintainedUntil: json.member("maintainedUntil")?.timestamp)
    }
}

extension Succession {
    fileprivate init?(_ json: JSONValue) {
        guard let id = json.member("supersedes")?.string.flatMap(LicenseID.init) else { return nil }
        let changes = json.member("changes")?.elements.compactMap(\.string) ?? []
        guard !changes.contains(where: \.hasControls) else { return nil }
        self.init(predecessor: id, changes: changes)
    }
}

extension JSONValue {
    var timestamp: Timestamp? {
        // Why a text is no date is thrown away: a program has written it.
        string.flatMap { try? Timestamp(parsing: $0) }
    }
}
