package import LicenseToken
import Tar

/// Why a bundle cannot be made, or is not what it claims to be.
package enum BundleError: Error, Sendable, Equatable {
    /// The system refused to read or write; `errno` and libarchive's word for it.
    case inputOutput(errno: Int32, String)
    /// Not a plain tar, or one that ends too soon.
    case notATar(String)
    /// An entry that no bundle holds: its path and what is wrong with it.
    case strangeEntry(String, String)
    /// A file that every bundle holds is not there.
    case missing(String)
    /// A file that the checksums do not name.
    case added(String)
    /// A file with more bytes than a bundle's file of its kind can have.
    case tooLarge(String, limit: Int64)
    /// A file's bytes are not those that the checksums name.
    case changed(String)
    /// A file has not the form that it must have.
    case malformed(String)
    /// A file that bundles are made from cannot be read; why.
    case template(String, reason: String)
    /// The checksums are not signed by the trusted key.
    case badSignature
    /// The bundle names another key than the trusted one.
    case otherKey
    /// A file contradicts another one.
    case contradiction(String)
    /// A file does not prove what it must of the vendor's log; its path and what is wrong with it.
    case log(String, String)
    /// A token is not valid; its path and why.
    case token(String, TokenError)
}

extension BundleError {
    init(_ error: TarError) {
        switch error {
        case .notATar(let reason): self = .notATar(reason)
        case .strangeEntry(let path, let reason): self = .strangeEntry(path, reason)
        }
    }
}

extension BundleError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .inputOutput(_, let reason): "cannot be read or written: \(reason)"
        case .notATar(let reason): "not a whole, uncompressed tar archive: \(reason)"
        case .strangeEntry(let path, let reason): "the entry \(path.debugDescription) \(reason)"
        case .missing(let path): "the file \(path) is missing"
        case .added(let path): "the file \(path.debugDescription) does not belong to the bundle"
        case .tooLarge(let path, let limit):
            "the file \(path) is larger than the \(limit) bytes that it may have"
        case .changed(let path): "the file \(path) was changed after the bundle was made"
        case .malformed(let path): "the file \(path) has not the form that it must have"
        case .template(let name, let reason): "the template \(name) is broken: \(reason)"
        case .badSignature: "SHA256SUMS.sig is not a signature of SHA256SUMS by the key"
        case .otherKey: "the bundle was signed by another key than the given one"
        case .contradiction(let what): "the bundle contradicts itself: \(what)"
        case .log(let path, let reason): "the file \(path) \(reason)"
        case .token(let path, let error): "the token \(path) is not valid: \(error)"
        }
    }
}
