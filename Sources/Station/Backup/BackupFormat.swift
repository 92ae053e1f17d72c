import DurableFiles
import LicenseToken
import Signatures
import Signing

/// Where things are in a backup: a tar that unpacks to a station's folder, which `sha256sum -c
/// SHA256SUMS` checks there. The order is that of the cases, keys by their names.
enum BackupFormat {
    static let root = "station/"
    static let keys = "\(root)keys/"
    static let ledger = "\(root)\(StationFolder.ledgerName)"
    /// Only where the configuration names a list, wherever that lies.
    static let signers = "\(root)\(StationFolder.signersName)"
    /// Only where there are products, by their names.
    static let products = "\(root)\(StationFolder.productsName)/"
    static let configuration = "\(root)\(StationFolder.configurationName)"

    /// Only where the configuration names a picture.
    static func logo(_ name: FileName) -> String {
        "\(root)\(name)"
    }

    /// The name of the picture at a path.
    static func logoFile(at path: String) -> FileName? {
        let name = String(path.dropFirst(root.count))
        return path.hasPrefix(root) && LogoFile.isName(name) ? FileName(name) : nil
    }

    static let checksums = "\(root)SHA256SUMS"

    static func key(_ kid: KeyID) -> String {
        "\(keys)\(StationFolder.keyFileName(kid))"
    }

    /// The key that a path in the folder of keys is named after.
    static func kid(ofKeyAt path: String) -> KeyID? {
        let kid = KeyID(String(path.dropFirst("\(keys)ed25519-".count).dropLast(".key".count)))
        return kid.flatMap { key($0) == path ? $0 : nil }
    }

    /// The name of the file at a path in the folder of products.
    static func productFile(at path: String) -> FileName? {
        let name = String(path.dropFirst(products.count))
        return !name.contains("/") && ProductFolder.isProduct(FileName(name)) ? FileName(name) : nil
    }

    /// Keys are sorted by the bytes of their names.
    static func sorted(_ kids: [KeyID]) -> [KeyID] {
        kids.sorted { $0.description.utf8.lexicographicallyPrecedes($1.description.utf8) }
    }

    /// The line of `SHA256SUMS` for a file.
    static func checksumLine(_ path: String, _ digest: SHA256Digest) -> [UInt8] {
        Array("\(digest)  \(path.dropFirst(root.count))\n".utf8)
    }
}
