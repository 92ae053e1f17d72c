import ArgumentParser
import Console
import DurableFiles
package import Failures
import Signing
import SystemPackage
import TransparencyLog

/// The key of an auditor, who cosigns what they have checked, and its name.
package struct WitnessKeyOptions: ParsableArguments {
    /// For the help of both programs.
    package static let discussion = """
        Customers give the line to 'verify' with --witness, and the vendor to 'log add-cosignature'. \
        The key is a PKCS#8 PEM, as 'openssl genpkey -algorithm ed25519' writes it, in a file that \
        nobody else can read.
        """

    @Option(help: ArgumentHelp("Your private key, Ed25519, unencrypted.", valueName: "pem"))
    var key: String

    @Option(help: "What your key is called, such as auditor.example.org.")
    var name: String

    package init() {}

    /// Prints the public half of the key with its name.
    package func printVerifier() throws(CommandFailure) {
        let witness = try witness()
        try Terminal.printLine(witness.verifier.vkey)
    }

    func witness() throws(CommandFailure) -> Witness {
        try Witness(key: try Self.readKey(FilePath(key)), name: name)
    }

    private static func readKey(_ path: FilePath) throws(CommandFailure) -> SigningKey {
        let file = try open(path)
        let status = try onDisk { () throws(FileSystemError) in try file.status() }
        // Nothing depends on the mode of a pipe.
        guard status.isPrivate || !status.isRegular else {
            throw CommandFailure(
                .noPermission,
                "\(path): others can read it: run 'chmod 600 \(path)', and ask yourself who may "
                    + "have a copy")
        }
        let room = try content(of: file, path)
        return try mapping(path) { () throws(SigningError) in try PrivateKeyPEM.decode(room) }
    }

    private static func open(_ path: FilePath) throws(CommandFailure) -> ReadableFile {
        do throws(FileSystemError) {
            return try ReadableFile(opening: path)
        } catch {
            throw CommandFailure(readingNamedFile: error)
        }
    }

    private static func onDisk<Result>(
        _ body: () throws(FileSystemError) -> Result
    ) throws(CommandFailure) -> Result {
        do throws(FileSystemError) {
            return try body()
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Into guarded memory and nowhere else.
    private static func content(
        of file: borrowing ReadableFile, _ path: FilePath
    ) throws(CommandFailure) -> SecretBytes {
        var room = try mapping(path) { () throws(SigningError) in
            try SecretBytes(count: PrivateKeyPEM.maximumByteCount)
        }
        let count = try onDisk { () throws(FileSystemError) in
            try room.withUnsafeMutableBytes { room throws(FileSystemError) in
                try file.fill(room)
            }
        }
        return try mapping(path) { () throws(SigningError) in try room.prefix(max(1, count)) }
    }

    private static func mapping<Result: ~Copyable>(
        _ path: FilePath, _ body: () throws(SigningError) -> Result
    ) throws(CommandFailure) -> Result {
        do throws(SigningError) {
            return try body()
        } catch {
            throw CommandFailure(.noPermission, "\(path): \(error)")
        }
    }
}
