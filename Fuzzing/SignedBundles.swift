import CalendarTime
import Foundation
import Glibc
import SSHSignatures
import Signatures
import Signing
import Tar

@testable import Bundles
@testable import Bundling

/// A genuine bundle's entries, and the key that it was signed with.
private final class Genuine: Sendable {
    let entries: [(path: String, isFolder: Bool, bytes: [UInt8])]
    let time: Timestamp
    let key: SigningKey

    /// Of those that the signature covers.
    let signedPaths: [String]
    let root: String
    /// What the SSH signature of the checksums is made for.
    let namespace: String

    init(bundle: String, keyFile: String) throws {
        let descriptor = open(bundle, O_RDONLY)
        defer { close(descriptor) }
        let container = try TarContainer(descriptor: descriptor)
        entries = try container.entries.map { entry in
            (entry.header.path, entry.header.kind == .folder, try container.bytes(of: entry))
        }
        time = Timestamp(secondsSinceEpoch: container.time ?? 0) ?? .latest
        root = entries[0].path
        let root = root
        signedPaths = entries.filter { !$0.isFolder }.map { String($0.path.dropFirst(root.count)) }
            .filter { !$0.hasPrefix(BundleFile.checksums) }
        let sshSignature = entries.first { $0.path == root + BundleFile.checksumsSSHSignature }
        namespace = try SSHSignature(armored: sshSignature?.bytes ?? []).namespace
        let text = FileManager.default.contents(atPath: keyFile) ?? Data()
        var secret = try SecretBytes(count: max(1, text.count))
        secret.withUnsafeMutableBytes { $0.copyBytes(from: text) }
        key = try PrivateKeyPEM.decode(secret)
    }

    /// The bundle with another content of one file, signed anew.
    func write(replacing replaced: String, with content: [UInt8], to descriptor: Int32) throws {
        func bytes(_ path: String) -> [UInt8] {
            path == replaced ? content : entries.first { $0.path == root + path }?.bytes ?? []
        }
        var sums: [UInt8] = []
        for path in signedPaths {
            Checksums.appendLine(Array(path.utf8), SHA256Digest(of: bytes(path)), to: &sums)
        }
        var archive = ArchiveWriter(descriptor: descriptor, time: time)
        for entry in entries {
            let path = String(entry.path.dropFirst(root.count))
            switch path {
            case _ where entry.isFolder: try archive.addFolder(Array(entry.path.utf8))
            case BundleFile.checksums: try archive.addFile(Array(entry.path.utf8), sums)
            case BundleFile.checksumsSignature:
                try archive.addFile(Array(entry.path.utf8), key.sign(sums).bytes)
            case BundleFile.checksumsSSHSignature:
                let signature = key.sign(SSHSignature.textToSign(sums, namespace: namespace))
                let armored = SSHSignature.armored(
                    signature, by: key.verificationKey, namespace: namespace)
                try archive.addFile(Array(entry.path.utf8), armored)
            default: try archive.addFile(Array(entry.path.utf8), bytes(path))
            }
        }
        _ = try archive.finish()
    }
}

private let genuine: Genuine? = {
    let environment = ProcessInfo.processInfo.environment
    return try? Genuine(
        bundle: environment["COLDMINT_FUZZ_BUNDLE"] ?? "",
        keyFile: environment["COLDMINT_FUZZ_PRIVATE_KEY"] ?? "")
}()

/// A bundle that somebody with a key has made and signed: the first byte of the input says which
/// file of a genuine one the rest takes the place of. The reader gets past the signature.
func testSignedBundle(_ bytes: [UInt8]) {
    guard let genuine else { fatalError("no genuine bundle, or no key to sign with") }
    guard let first = bytes.first else { return }
    let path = genuine.signedPaths[Int(first) % genuine.signedPaths.count]
    ftruncate(scratchFile, 0)
    lseek(scratchFile, 0, SEEK_SET)
    guard
        (try? genuine.write(replacing: path, with: Array(bytes.dropFirst()), to: scratchFile))
            != nil
    else { return }
    guard (try? VerifiedBundle(readingFrom: scratchFile)) != nil else { return }
    // Around the facts in them, other versions may write these as they like; and a cosignature says
    // nothing without its witness' key.
    let free = [BundleFile.readme, BundleFile.page, BundleFile.cosignedCheckpoint]
    guard !free.contains(path) else { return }
    let own = genuine.entries.first { $0.path == genuine.root + path }?.bytes
    require(bytes.dropFirst().elementsEqual(own ?? []), "\(path) can say something else")
}
