import CalendarTime
import LicenseToken

/// Compares what the manifest says of a license with its token, and the files beside the token
/// with it.
struct LicenseCheck {
    let content: BundleContent
    let customer: String
    let keys: JWKSet

    /// The license and its token, where all of it agrees.
    func license(
        _ entry: Manifest.Entry
    ) throws(BundleError) -> (license: License, token: [UInt8]) {
        let token = try content.file(entry.path)
        let license: License
        do throws(TokenError) {
            license = try LicenseVerifier(keys: keys, issuer: nil).authenticate(
                String(decoding: token, as: UTF8.self))
        } catch {
            throw .token(entry.path, error)
        }
        guard license.issuer.utf8.elementsEqual(entry.issuer.utf8) else {
            throw .token(entry.path, .wrongIssuer(license.issuer))
        }
        let (path, term) = (entry.path, license.term)
        guard license.subject.utf8.elementsEqual(entry.id.description.utf8) else {
            throw .contradiction("manifest.json gives \(path) another id than its token")
        }
        guard license.kid == entry.kid else {
            throw .contradiction("manifest.json gives \(path) another kid than its token")
        }
        guard term.agrees(with: entry.term) else {
            throw .contradiction(
                "manifest.json gives \(path) another term than its token, which says "
                    + "\(term.notBefore) to \(term.endOfGrace.orNever)")
        }
        guard entry.isInPlace else {
            throw .contradiction("the folder of \(path) is not named after its license")
        }
        return (license, token)
    }

    /// The deployment files that a license has.
    func deploymentFiles(of entry: Manifest.Entry) -> Set<Presentation.OptionalFile> {
        Set(
            Presentation.OptionalFile.allCases.filter {
                $0 != .page && content.has("\(entry.folder)/\($0.rawValue)")
            })
    }

    /// Each holds the token, in the form that the writer gives it.
    func check(
        _ files: Set<Presentation.OptionalFile>, of entry: Manifest.Entry, _ token: [UInt8]
    ) throws(BundleError) {
        guard content.isOfFirstForm == (entry.secretName == nil), entry.hasPlainProduct else {
            throw .contradiction("manifest.json does not say of \(entry.path) what it must")
        }
        let expected = try DeploymentFiles(of: entry, customer: customer, token: token)
            .files(files)
        guard expected.count == files.count else {
            throw .contradiction("\(entry.path) is too long a token for the files beside it")
        }
        for (file, bytes) in expected {
            let path = "\(entry.folder)/\(file.rawValue)"
            guard try content.file(path) == bytes else {
                throw .contradiction("\(path) is not what coldmint writes for its token")
            }
        }
    }
}

extension Manifest.Entry {
    /// Whether the path is one that the writer gives to this license.
    fileprivate var isInPlace: Bool {
        BundleFile.Kind(path) == .token && label.hasSuffix("-\(id.shortForm)") && label.isPlain
    }

    /// Whether the product is one that no YAML can be smuggled in by.
    fileprivate var hasPlainProduct: Bool {
        product.map { $0.isPlain && (1...63).contains($0.utf8.count) } ?? true
    }
}

extension String {
    /// Whether it has lower-case letters, digits and hyphens alone.
    var isPlain: Bool {
        utf8.allSatisfy {
            (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
        }
    }
}
